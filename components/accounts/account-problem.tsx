import { ProblemText } from '@/components/ui/problem-text';
import type { Problem } from '@/lib/client/net/problem';

export function AccountProblem({ problem }: { problem: Problem | null }) {
  if (!problem) return null;
  return (
    <p className="account-problem" role="alert">
      <ProblemText problem={problem} />
    </p>
  );
}
