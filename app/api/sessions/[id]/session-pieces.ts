import { services } from '@/app/composition';
import { parseQuery } from '@/lib/http/request/body';
import { readTreeQuery } from '@/lib/sessions/branches/input';
import { presentInTree, presentPlaced, presentShown } from '@/lib/sessions/branches/present';
import { jsonPieces } from '@/lib/sessions/export/json-pieces';
import { readMessagesQuery } from '@/lib/sessions/session';

/** A session as JSON in pieces, with the shown branch or, where `branches` asks for them, all of them. */
export async function sessionPieces(
  request: Request,
  owner: string,
  id: string,
): Promise<AsyncIterable<string>> {
  const { store } = await services();
  if (new URL(request.url).searchParams.has('branches')) {
    parseQuery(readTreeQuery, request);
    const session = await store.sessions.get(owner, id);
    const tree = store.branches.tree(owner, session.id);
    return jsonPieces(presentShown(session), 'messages', tree, presentInTree);
  }
  const { limit, before } = parseQuery(readMessagesQuery, request);
  const session = await store.sessions.get(owner, id);
  const branch = store.branches.placed({ owner, sessionId: session.id, limit, before });
  return jsonPieces(presentShown(session), 'messages', branch, presentPlaced);
}
