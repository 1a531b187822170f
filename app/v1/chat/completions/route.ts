import { untilOver, untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { completionOf, failureOfEnd } from '@/lib/completions/completion';
import { AppError } from '@/lib/errors';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { waitForEnd } from '@/lib/http/stream/wait-for-end';
import { sendCompletion } from './send-completion';
import { streamCompletion } from './stream-completion';

export const maxDuration = 300;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/v1/chat/completions', {
  async POST(request, context) {
    const sent = await sendCompletion(request, context);
    const revoked = untilRevoked(request, await services(), context);
    const over = untilOver(request, revoked);
    if (sent.stream) return streamCompletion(sent, { over, revoked });
    const { turn, about } = sent;
    const end = await waitForEnd(turn, over);
    const failure = failureOfEnd(end);
    if (failure) throw new AppError(failure);
    return json(completionOf(about, turn.since(0), end));
  },
});
