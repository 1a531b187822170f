import type { ReplyItem } from './transcript-items';
import { localProblem, type Problem } from '@/lib/client/net/problem';
import type { Texts } from '@/lib/texts/texts';

type Ended = Pick<ReplyItem, 'state' | 'problem'>;

/** Why a reply ended, for the reader; null for nothing to report. The server's reason wins over the state. */
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

/** The note under a reply whose prompt left out earlier messages. */
export const omittedSentence = ({ transcript }: Texts, omitted: number | null): string | null =>
  omitted === null || omitted <= 0 ? null : transcript.omitted(omitted);
