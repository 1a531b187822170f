import type { TurnEvent } from '@/lib/chat/events';
import { friendlySentence, type Problem } from './problem';
import { sseDecoder, type SseFrame } from './sse-decoder';
import { newText, readTurnFrame, type TurnFrame } from './turn-frame';

export type StreamOutcome =
  | { kind: 'ended'; problem: Problem | null }
  /** The stream broke off before its last frame, or was none. */
  | { kind: 'lost' };

interface Options {
  readonly onEvent: (event: TurnEvent) => void;
  /** The length of the text that is there already. */
  readonly offset: number;
  readonly silenceMs: number;
}

/** Reads a turn's stream to its last frame. A stream that stays silent too long counts as broken. */
export async function readTurnStream(response: Response, options: Options): Promise<StreamOutcome> {
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (!isStream || !response.body) {
    await response.body?.cancel();
    return { kind: 'lost' };
  }
  const reader = response.body.getReader();
  const watchdog = silenceWatchdog(options.silenceMs, () => void reader.cancel().catch(() => null));
  const take = frameTaker(options);
  const decode = sseDecoder();
  const text = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { kind: 'lost' };
      watchdog.heard();
      const outcome = take(decode(text.decode(value, { stream: true })));
      if (outcome) return outcome;
    }
  } catch {
    return { kind: 'lost' };
  } finally {
    watchdog.end();
    await reader.cancel().catch(() => null);
  }
}

/** Tells what frames say; answers the outcome with the one that ends the stream. */
function frameTaker({ onEvent, offset }: Options): (frames: SseFrame[]) => StreamOutcome | null {
  let length = offset;
  let requestId: string | null = null;

  const take = (frame: TurnFrame): StreamOutcome | null => {
    switch (frame.type) {
      case 'start':
        ({ requestId } = frame);
        onEvent({ type: 'turn-start', requestId });
        return null;
      case 'token': {
        const text = newText(frame, length);
        length += text.length;
        if (text) onEvent({ type: 'text-delta', text });
        return null;
      }
      case 'end':
        onEvent({ type: 'turn-end', end: frame.end });
        return { kind: 'ended', problem: frame.error && problemOf(frame.error, requestId) };
    }
  };

  return (frames) => {
    for (const frame of frames) {
      const read = readTurnFrame(frame);
      const outcome = read && take(read);
      if (outcome) return outcome;
    }
    return null;
  };
}

const problemOf = (error: { code: number; message: string }, ref: string | null): Problem => ({
  code: error.code,
  message: friendlySentence(error.code, error.message),
  ref,
  retryAt: null,
});

function silenceWatchdog(ms: number, onSilence: () => void) {
  let timer = setTimeout(onSilence, ms);
  return {
    heard() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, ms);
    },
    end() {
      clearTimeout(timer);
    },
  };
}
