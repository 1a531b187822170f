import type { TurnEnd, TurnEvent } from '@/lib/chat/turn/events';
import { showFailure } from '@/lib/errors';
import type { Problem } from '@/lib/client/net/problem';
import { readSse } from '@/lib/client/net/read-sse';
import type { SseFrame } from '@/lib/sse';
import { changeBy, readTurnFrame, type FrameError, type TurnFrame } from './turn-frame';

export type StreamOutcome =
  | { kind: 'ended'; problem: Problem | null }
  /** The stream broke off before its last frame, or was none. */
  | { kind: 'lost' };

interface Options {
  readonly onEvent: (event: TurnEvent) => void;
  /** The text that is there already; it grows by the events. */
  readonly text: () => string;
  readonly silenceMs: number;
}

/** Reads a turn's stream to its last frame. A stream that stays silent too long counts as broken. */
export const readTurnStream = async (
  response: Response,
  options: Options,
): Promise<StreamOutcome> =>
  (await readSse(response, options.silenceMs, frameTaker(options))) ?? { kind: 'lost' };

/** Tells what frames say; answers the outcome with the one that ends the stream. */
function frameTaker({ onEvent, text }: Options): (frames: SseFrame[]) => StreamOutcome | null {
  let requestId: string | null = null;

  const cutTo = (upTo: number | null) => {
    if (upTo !== null && upTo < text().length) onEvent({ type: 'text-cut', length: upTo });
  };

  const take = (frame: TurnFrame): StreamOutcome | null => {
    switch (frame.type) {
      case 'start': {
        const isFirst = requestId === null;
        ({ requestId } = frame);
        onEvent({ type: 'turn-start', requestId });
        // Of the first one the tokens that follow say what it means.
        if (!isFirst) cutTo(frame.upTo);
        return null;
      }
      case 'token': {
        const { cutTo: length, add } = changeBy(frame, text());
        cutTo(length);
        if (add) onEvent({ type: 'text-delta', text: add });
        return null;
      }
      case 'end': {
        const { end, error, upTo } = frame;
        cutTo(upTo);
        onEvent({ type: 'turn-end', end });
        return { kind: 'ended', problem: error ? problemOf(error, requestId) : cutProblem(end) };
      }
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

/** The reply is there, so there is nothing to look for in the log. */
const cutProblem = ({ failure }: TurnEnd): Problem | null =>
  failure && { ...showFailure(failure), ref: null, retryAt: null };

const problemOf = ({ retryAfter, ...failure }: FrameError, ref: string | null): Problem => ({
  ...failure,
  ref,
  retryAt: retryAfter === null ? null : Date.now() + retryAfter * 1000,
});
