import { z } from 'zod';
import { services } from '@/app/composition';
import { parseQuery } from '@/lib/http/request/body';
import { fields } from '@/lib/texts/api-fields';

const query = z.object({ permanent: z.literal('true', fields.true).optional() });

/** Moves a session to the trash, or deletes one that is there permanently. */
export async function removeSession(
  request: Request,
  owner: string,
  id: string,
): Promise<Response> {
  const { permanent } = parseQuery(query, request);
  const { store, turns } = await services();
  if (permanent) {
    await store.sessions.removeForGood(owner, id, new Date());
    await store.owners.purge(owner);
  } else {
    await store.sessions.remove(owner, id, new Date());
    await turns.stopAll(owner, id);
  }
  return new Response(null, { status: 204 });
}
