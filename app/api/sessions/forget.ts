import { z } from 'zod';
import { services } from '@/app/composition';
import { invalidFields } from '@/lib/errors';
import { parseQuery } from '@/lib/http/request/body';
import { fields } from '@/lib/texts/api-fields';

const yes = z.literal('true', fields.true).optional();
const query = z.object({ everything: yes, trash: yes });

/** Deletes permanently. There is no undo, so the query must name what to delete. */
export async function forgetSessions(request: Request, owner: string): Promise<Response> {
  const { everything, trash } = parseQuery(query, request);
  if (!everything && !trash) {
    const msg = fields.whatToDelete;
    throw invalidFields([{ loc: ['everything'], msg, type: 'required' }]);
  }
  const { store, turns } = await services();
  if (everything) {
    await store.owners.forget(owner, new Date());
    await turns.stopAll(owner);
  } else await store.owners.emptyTrash(owner, new Date());
  await store.owners.purge(owner);
  return new Response(null, { status: 204 });
}
