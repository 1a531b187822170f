import { idleWatchdog } from './idle-watchdog';
import { sseDecoder, type SseFrame } from '@/lib/sse';

/**
 * Reads server-sent events until `take` returns an outcome. Null: the stream ended first, was silent for `idleTimeoutMs`
 * milliseconds, or is no event stream. Closes the body in every case.
 */
export async function readSse<Outcome>(
  response: Response,
  idleTimeoutMs: number,
  take: (frames: SseFrame[]) => Outcome | null,
): Promise<Outcome | null> {
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (!isStream || !response.body) {
    await response.body?.cancel();
    return null;
  }
  const reader = response.body.getReader();
  const watchdog = idleWatchdog(idleTimeoutMs, () => void reader.cancel().catch(() => null));
  const decode = sseDecoder();
  const text = new TextDecoder();
  try {
    for (;;) {
      // The read rejects when the connection breaks. Errors of `take` go to the caller.
      const piece = await reader.read().catch(() => null);
      if (!piece || piece.done) return null;
      watchdog.activity();
      const outcome = take(decode(text.decode(piece.value, { stream: true })));
      if (outcome !== null) return outcome;
    }
  } finally {
    watchdog.end();
    await reader.cancel().catch(() => null);
  }
}
