import type { TurnEvent } from '@/lib/chat/events';
import { friendlySentence, type Problem } from './problem';
import { readSse } from './read-sse';
import type { SseFrame } from './sse-decoder';
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
export const readTurnStream = async (
  response: Response,
  options: Options,
): Promise<StreamOutcome> =>
  (await readSse(response, options.silenceMs, frameTaker(options))) ?? { kind: 'lost' };

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
