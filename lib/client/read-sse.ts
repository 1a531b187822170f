import { sseDecoder, type SseFrame } from './sse-decoder';

/**
 * Reads a stream of events until `take` makes something of them. Null: it broke off before, was silent for longer than
 * `silenceMs`, or was no such stream.
 */
export async function readSse<Outcome>(
  response: Response,
  silenceMs: number,
  take: (frames: SseFrame[]) => Outcome | null,
): Promise<Outcome | null> {
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (!isStream || !response.body) {
    await response.body?.cancel();
    return null;
  }
  const reader = response.body.getReader();
  const watchdog = silenceWatchdog(silenceMs, () => void reader.cancel().catch(() => null));
  const decode = sseDecoder();
  const text = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      watchdog.heard();
      const outcome = take(decode(text.decode(value, { stream: true })));
      if (outcome !== null) return outcome;
    }
  } catch {
    return null;
  } finally {
    watchdog.end();
    await reader.cancel().catch(() => null);
  }
}

const LOOK_EVERY_MS = 2000;

/** Goes by the clock on the wall, so that a machine that slept sees at once that its connections are old. */
function silenceWatchdog(ms: number, onSilence: () => void) {
  let heardAt = Date.now();
  const timer = setInterval(
    () => {
      if (Date.now() - heardAt > ms) onSilence();
    },
    Math.min(LOOK_EVERY_MS, ms / 2),
  );
  return {
    heard() {
      heardAt = Date.now();
    },
    end() {
      clearInterval(timer);
    },
  };
}
