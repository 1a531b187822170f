import { completionOf, failureOfEnd } from '@/lib/completions/completion';
import { AppError } from '@/lib/errors';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { completionFrames } from '@/lib/http/stream/completion-frames';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { waitForContent } from '@/lib/http/stream/wait-for-content';
import { waitForEnd } from '@/lib/http/stream/wait-for-end';
import { sendCompletion, type SentCompletion } from './send-completion';

export const maxDuration = 300;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/v1/chat/completions', {
  async POST(request, context) {
    const sent = await sendCompletion(request, context);
    if (sent.stream) return streamed(sent, request.signal);
    const { turn, about } = sent;
    const end = await waitForEnd(turn, request.signal);
    const failure = failureOfEnd(end);
    if (failure) throw new AppError(failure);
    return json(completionOf(about, turn.since(0), end));
  },
});

/** A turn that fails before its first word is an error with its status, which clients retry. */
async function streamed(
  { turn, about, withUsage }: SentCompletion,
  signal: AbortSignal,
): Promise<Response> {
  const body = completionFrames(turn, about, withUsage);
  try {
    await waitForContent(turn, signal);
    const end = turn.length() === 0 ? turn.end() : null;
    const failure = end && failureOfEnd(end);
    if (failure) throw new AppError(failure);
  } catch (thrown) {
    await body.cancel();
    throw thrown;
  }
  return new Response(body, { headers: SSE_HEADERS });
}
