import { untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json, JSON_TYPE } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { textStream } from '@/lib/http/stream/text-stream';
import { showBranchInput } from '@/lib/sessions/branches/input';
import { presentShown } from '@/lib/sessions/branches/present';
import { presentSession, presentSettings } from '@/lib/sessions/present';
import { changeSessionInput } from '@/lib/sessions/session';
import { checkSettings } from '../check-settings';
import { removeSession } from './remove-session';
import { sessionPieces } from './session-pieces';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id', {
  async GET(request, context) {
    const { principal, params, annotate } = context;
    const until = untilRevoked(request, await services(), context);
    const pieces = await sessionPieces(request, principal.owner, params.id);
    return textStream(pieces, { type: JSON_TYPE, annotate, until });
  },

  async PATCH(request, { principal: { owner }, params }) {
    const body = await readJson(request);
    const { store } = await services();
    const about = { owner, id: params.id, now: new Date() };
    if (body['head'] !== undefined) {
      const input = parseInput(showBranchInput, body);
      return json(presentShown(await store.branches.show({ ...input, ...about })));
    }
    const { seen: expected, ...input } = parseInput(changeSessionInput, body);
    await checkSettings(input.settings);
    const session = await store.sessions.change({ ...input, ...about, expected });
    const changesSettings = Object.keys(input.settings).length > 0;
    return json({ ...presentSession(session), ...(changesSettings && presentSettings(session)) });
  },

  DELETE: (request, { principal: { owner }, params }) => removeSession(request, owner, params.id),
});
