import type { Failure } from '@/lib/errors';
import type { Usage } from '@/lib/llm/port';

export type TurnState = 'running' | 'complete' | 'stopped' | 'interrupted' | 'failed';
export type EndState = Exclude<TurnState, 'running'>;

/**
 * What happens in a turn, in order: one `turn-start`, any number of `text-delta`, one `turn-end`.
 * Nothing follows `turn-end`. A turn that failed or was interrupted says why in `failure`.
 */
export type TurnEvent =
  | { type: 'turn-start'; requestId: string }
  | { type: 'text-delta'; text: string }
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
