import type { Failure } from '@/lib/errors';
import type { Usage } from '@/lib/ports/model';

export type TurnState = 'running' | 'complete' | 'stopped' | 'interrupted' | 'failed';
export type EndState = Exclude<TurnState, 'running'>;

/**
 * What happens in a turn, in order: one `turn-start`, any number of `text-delta`, one `turn-end`. `text-cut` is rare: a
 * watcher that comes back after a kill meets it, and one who was shown what turned out to be a thought of the model.
 * Nothing follows `turn-end`. A turn that failed or was interrupted says why in `failure`.
 */
export type TurnEvent =
  | { type: 'turn-start'; requestId: string }
  | { type: 'text-delta'; text: string }
  /** What is beyond `length` is not part of the reply any more. */
  | { type: 'text-cut'; length: number }
  | { type: 'turn-end'; end: TurnEnd };

export interface TurnEnd {
  readonly state: EndState;
  /** The stored assistant message; null when nothing was kept. */
  readonly replyId: string | null;
  readonly usage: Usage | null;
  readonly failure: Failure | null;
  /** How many earlier messages its prompt had no room for; null or absent when none. */
  readonly omitted?: number | null;
}
