import type { TurnEnd, TurnEvent } from '@/lib/chat/turn/events';
import { pageFailure } from '@/lib/public-failure';
import type { Problem } from '@/lib/client/net/problem';
import { readSse } from '@/lib/client/net/read-sse';
import type { SseFrame } from '@/lib/sse';
import {
  changeBy,
  readTurnFrame,
  skippedBefore,
  type FrameError,
  type ReplySoFar,
  type TurnFrame,
} from './turn-frame';

export type StreamOutcome =
  | { kind: 'ended'; problem: Problem | null }
  /** The stream ended before its last frame, or is no event stream. */
  | { kind: 'lost' };

interface Options {
  readonly onEvent: (event: TurnEvent) => void;
  readonly reply: ReplySoFar;
  readonly idleTimeoutMs: number;
}

/** Reads a turn's stream to its last frame. After `idleTimeoutMs` milliseconds of silence it counts as lost. */
export const readTurnStream = async (
  response: Response,
  options: Options,
): Promise<StreamOutcome> =>
  (await readSse(response, options.idleTimeoutMs, frameTaker(options))) ?? { kind: 'lost' };

const UNKNOWN = '{}';

/** Emits the events of frames. Returns the outcome with the frame that ends the stream. */
function frameTaker({ onEvent, reply }: Options): (frames: SseFrame[]) => StreamOutcome | null {
  let requestId: string | null = null;

  const cutTo = (upTo: number | null) => {
    if (upTo !== null && upTo < reply.length()) onEvent({ type: 'reply-cut', length: upTo });
  };

  const take = (frame: TurnFrame): StreamOutcome | null => {
    switch (frame.type) {
      case 'start': {
        const isFirst = requestId === null;
        ({ requestId } = frame);
        onEvent({ type: 'turn-start', requestId });
        // For the first one, what follows decides where to cut.
        if (!isFirst) cutTo(frame.upTo);
        return null;
      }
      case 'delta': {
        // Each keeps its place, so that positions stay the server's.
        for (let skipped = skippedBefore(frame, reply); skipped > 0; skipped -= 1)
          onEvent({ type: 'unknown-delta', text: UNKNOWN });
        const { cutTo: length, add } = changeBy(frame, reply);
        cutTo(length);
        if (add) onEvent({ type: `${frame.kind}-delta`, text: add });
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

/** No log reference: the reply was delivered. */
const cutProblem = ({ failure }: TurnEnd): Problem | null =>
  failure && { ...pageFailure(failure), ref: null, retryAt: null };

const problemOf = ({ retryAfter, ...failure }: FrameError, ref: string | null): Problem => ({
  ...failure,
  ref,
  retryAt: retryAfter === null ? null : Date.now() + retryAfter * 1000,
});
