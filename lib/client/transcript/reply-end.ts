import type { ReplyItem } from './use-transcript-actions';
import { localProblem, type Problem } from '@/lib/client/net/problem';
import { texts } from '@/lib/texts/texts';

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
  readonly problem: Problem;
} | null {
  switch (state) {
    case 'running':
      return null;
    case 'stopped':
      return {
        kind: 'quiet',
        problem: localProblem(empty ? 'reply-stopped-early' : 'reply-stopped'),
      };
    case 'complete':
      return empty ? { kind: 'broken', problem: problem ?? localProblem('reply-empty') } : null;
    case 'interrupted':
    case 'lost':
      return { kind: 'broken', problem: problem ?? (empty ? NOTHING_CAME : CUT_OFF) };
  }
}

const CUT_OFF: Problem = { kind: 'interrupted', code: 500, ref: null, retryAt: null };
const NOTHING_CAME = localProblem('reply-never-began');

/** What is said under a reply whose prompt had no room for all that came before. */
export const omittedSentence = (omitted: number | null): string | null =>
  omitted === null || omitted <= 0 ? null : texts.transcript.omitted(omitted);
