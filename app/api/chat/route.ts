import { AppError } from '@/lib/errors';
import { json } from '@/lib/http/json';
import { route } from '@/lib/http/route';
import { turnEnded } from '@/lib/http/turn-ended';
import { send } from './send';

export const maxDuration = 300;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/chat', {
  async POST(request, context) {
    const turn = await send(request, context);
    const { state, failure, usage, replyId } = await turnEnded(turn, request.signal);
    if (failure) throw new AppError(failure);
    return json({
      reply: turn.since(0).trim(),
      request_id: turn.requestId,
      usage,
      ...(replyId && { reply_id: replyId }),
      ...(state !== 'complete' && { state }),
    });
  },
});
