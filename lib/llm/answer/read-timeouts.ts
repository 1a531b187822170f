import type { Completion } from './completion';
import { upstreamError } from '@/lib/llm/failure/upstream-error';

export interface Limits {
  /** Timeout between two pieces of a response. */
  readonly idleTimeoutMs: number;
  /** The most bytes to read of one response. */
  readonly bytesMax: number;
}

/** Timeouts after the finish reason: for the usage, and for the close after `[DONE]`. */
const COUNT_MS = 1000;
const CLOSE_MS = 100;
/** How many idle timeouts a model that sends only comments or empty chunks may go without text or reasoning. */
const WORDLESS_FACTOR = 10;

interface Piece {
  readonly bytes: number;
  /** Text or reasoning has arrived, also if none of it is shown yet. */
  readonly progressed: boolean;
  /** `[DONE]` has arrived. */
  readonly isOver: boolean;
}

/**
 * The returned function gives, after each piece, the timeout in ms for the next one; null: stop reading, the reply is
 * complete. It throws `timeout` when the response goes on without content for too long, and `broken` past `bytesMax`.
 */
export function readTimeouts(
  reply: Pick<Completion, 'finished'>,
  { idleTimeoutMs, bytesMax }: Limits,
  ticks: () => number,
): (piece: Piece) => number | null {
  let bytesLeft = bytesMax;
  let progressAt = ticks();
  let readUntil = Infinity;
  let waitMs = idleTimeoutMs;

  return ({ bytes, progressed, isOver }) => {
    const now = ticks();
    bytesLeft -= bytes;
    if (reply.finished()) {
      if (readUntil === Infinity) readUntil = now + COUNT_MS;
      if (isOver) waitMs = CLOSE_MS;
      else waitMs = Math.min(waitMs, COUNT_MS);
      return bytesLeft < 0 || now > readUntil ? null : waitMs;
    }
    if (progressed) progressAt = now;
    else if (now - progressAt > idleTimeoutMs * WORDLESS_FACTOR)
      throw upstreamError('timeout', 'timeout: only comments or empty chunks, no content');
    if (bytesLeft < 0) throw upstreamError('broken', 'the answer does not end');
    return waitMs;
  };
}
