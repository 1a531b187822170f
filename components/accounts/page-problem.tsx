import { AccountProblem } from './account-problem';

interface Props {
  readonly problem: { readonly kind: string; readonly reason: string } | null;
}

/** What went wrong before the page was opened. */
export const PageProblem = ({ problem }: Props) => (
  <AccountProblem problem={problem && { ...problem, code: 0, ref: null, retryAt: null }} />
);
