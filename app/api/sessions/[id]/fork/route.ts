import { randomUUID } from 'node:crypto';
import { services } from '@/app/composition';
import { parseInput, readJson } from '@/lib/http/request/body';
import { idempotencyOf, idOfKey } from '@/lib/http/request/idempotency';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { forkInput } from '@/lib/sessions/branches/input';
import { presentShown } from '@/lib/sessions/branches/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id/fork', {
  /** Copies the branch up to a message into a new session. With a key, a repeated request gets the same one. */
  async POST(request, { principal: { owner }, params, annotate }) {
    const input = parseInput(forkInput, await readJson(request));
    const { message_id: messageId } = input;
    const key = idempotencyOf(request, input)?.key;
    const newId =
      key === undefined ? randomUUID() : idOfKey(owner, `fork ${params.id} ${messageId} ${key}`);
    const { store } = await services();
    const fork = { owner, id: params.id, messageId, newId, now: new Date() };
    const session = await store.branches.fork(fork);
    annotate({ session_id: session.id });
    return json(presentShown(session), { status: 201 });
  },
});
