import type { Failure } from '@/lib/errors';
import type { Finish, Usage } from '@/lib/ports/model';
import type { EntryKind } from '@/lib/reply/entry';

export type TurnState = 'running' | 'complete' | 'stopped' | 'interrupted' | 'failed';
export type EndState = Exclude<TurnState, 'running'>;

/**
 * The events of a turn, in order: one `turn-start`, any number of deltas, one `turn-end`, and nothing after it. The delta
 * of an atomic kind is a whole entry. `reply-cut` is rare: what a client already received was lost in a kill, or turned out to be of the other kind. `failure` explains a failed or interrupted turn.
 */
export type TurnEvent =
  | { type: 'turn-start'; requestId: string }
  | { type: `${EntryKind}-delta`; text: string }
  /** Discard the reply beyond `length`. */
  | { type: 'reply-cut'; length: number }
  | { type: 'turn-end'; end: TurnEnd };

/** Why a reply ends where it does; null: it is whole, or broke off for another reason. */
export function finishOf(failure: Failure | null): Exclude<Finish, 'stop'> | null {
  if (failure?.kind !== 'cut-short' || failure.reason === 'no-answer') return null;
  const { reason } = failure;
  return reason === 'filter' || reason === 'tool-calls' ? reason : 'length';
}

export interface TurnEnd {
  readonly state: EndState;
  /** The stored assistant message; null when none was kept. */
  readonly replyId: string | null;
  readonly usage: Usage | null;
  readonly failure: Failure | null;
  /** How many earlier messages did not fit into the prompt; null or absent when none. */
  readonly omitted?: number | null;
  /** How long the model thought; null or absent when it did not. */
  readonly thoughtMs?: number | null;
}
