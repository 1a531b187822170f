import { untilOver, untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { presentReply } from '@/lib/chat/turn/present';
import { AppError } from '@/lib/errors';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { waitForEnd } from '@/lib/http/stream/wait-for-end';
import { send } from './send';

export const maxDuration = 300;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/chat', {
  async POST(request, context) {
    const turn = await send(request, context);
    const revoked = untilRevoked(request, await services(), context);
    const end = await waitForEnd(turn, untilOver(request, revoked));
    const { failure } = end;
    if (failure && failure.kind !== 'cut-short') throw new AppError(failure);
    return json(presentReply(turn.requestId, turn.since(0), end));
  },
});
