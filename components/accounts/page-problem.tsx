import type { Problem } from '@/lib/client/net/problem';
import { AccountProblem } from './account-problem';

interface Props {
  readonly problem: Pick<Problem, 'kind' | 'reason' | 'error'> | null;
}

/** What went wrong before the page was opened. */
export const PageProblem = ({ problem }: Props) => (
  <AccountProblem problem={problem && { ...problem, code: 0, ref: null, retryAt: null }} />
);
