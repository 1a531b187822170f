import type { ReplyItem } from './use-transcript-actions';
import type { Problem } from '@/lib/client/net/problem';

type Ended = Pick<ReplyItem, 'state' | 'problem'>;

/**
 * Why a reply ends where it does, for the person who reads it; null where there is nothing to say. What the server said
 * of this end comes first; the state alone says what is left.
 */
export function endNote(
  { state, problem }: Ended,
  empty: boolean,
): {
  readonly kind: 'quiet' | 'broken';
  readonly problem: Pick<Problem, 'message' | 'ref'>;
} | null {
  const say = (message: string) => ({ message, ref: null });
  switch (state) {
    case 'running':
      return null;
    case 'stopped':
      return { kind: 'quiet', problem: say(empty ? 'Stopped before the reply began' : 'Stopped') };
    case 'complete':
      return empty ? { kind: 'broken', problem: problem ?? say('The reply is empty.') } : null;
    case 'interrupted':
    case 'lost':
      return { kind: 'broken', problem: problem ?? say(empty ? NOTHING_CAME : CUT_OFF) };
  }
}

const CUT_OFF = 'The reply was cut off. What arrived is kept.';
const NOTHING_CAME = 'The reply was stopped or cut off before it began.';

/** What is said under a reply whose prompt had no room for all that came before. */
export const omittedSentence = (omitted: number | null): string | null =>
  omitted === null || omitted <= 0
    ? null
    : `${omitted === 1 ? '1 earlier message was' : `${String(omitted)} earlier messages were`} left out of what the model read`;
