import type { Completion } from './completion';
import { upstreamError } from '@/lib/llm/failure/upstream-error';

export interface Limits {
  /** How long the upstream may be silent within its answer. */
  readonly idleTimeoutMs: number;
  /** How much is read of one answer, whatever is in it. */
  readonly bytesMax: number;
}

/** How long an upstream that has said all may take to count its tokens, and to close after `[DONE]`. */
const COUNT_MS = 1000;
const CLOSE_MS = 100;
/** One that thinks, and shows it by comments or empty pieces, may go without a word this many times longer. */
const WORDLESS_FACTOR = 10;

interface Heard {
  readonly bytes: number;
  readonly spoke: boolean;
  /** The upstream said that nothing follows. */
  readonly isOver: boolean;
}

/**
 * How long to wait for the next piece of an answer, after each piece; null when it is over, since all was said.
 * Throws when the answer goes on without a word for too long, or without an end.
 */
export function patienceWith(
  said: Pick<Completion, 'finished'>,
  { idleTimeoutMs, bytesMax }: Limits,
  ticks: () => number,
): (heard: Heard) => number | null {
  let left = bytesMax;
  let spokeAt = ticks();
  let over = Infinity;
  let waitMs = idleTimeoutMs;

  return ({ bytes, spoke, isOver }) => {
    const now = ticks();
    left -= bytes;
    if (said.finished()) {
      if (over === Infinity) over = now + COUNT_MS;
      if (isOver) waitMs = CLOSE_MS;
      else waitMs = Math.min(waitMs, COUNT_MS);
      return left < 0 || now > over ? null : waitMs;
    }
    if (spoke) spokeAt = now;
    else if (now - spokeAt > idleTimeoutMs * WORDLESS_FACTOR)
      throw upstreamError('timeout', 'signs of life without a word for too long');
    if (left < 0) throw upstreamError('broken', 'the answer does not end');
    return waitMs;
  };
}
