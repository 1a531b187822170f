import { failureOfEnd } from '@/lib/completions/completion';
import { AppError } from '@/lib/errors';
import { completionFrames } from '@/lib/http/stream/completion-frames';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { waitForContent } from '@/lib/http/stream/wait-for-content';
import type { SentCompletion } from './send-completion';

interface Ends {
  /** Aborts when the client disconnects, or is no longer allowed. */
  readonly over: AbortSignal;
  /** Aborts when it is no longer allowed. */
  readonly revoked: AbortSignal | null;
}

/** A turn that fails before its first word is an error with its status, which clients retry. */
export async function streamCompletion(
  { turn, about, withUsage }: SentCompletion,
  { over, revoked }: Ends,
): Promise<Response> {
  const body = completionFrames(turn, about, withUsage, revoked);
  try {
    await waitForContent(turn, over);
    const end = turn.length() === 0 ? turn.end() : null;
    const failure = end && failureOfEnd(end);
    if (failure) throw new AppError(failure);
  } catch (thrown) {
    await body.cancel();
    throw thrown;
  }
  return new Response(body, { headers: SSE_HEADERS });
}
