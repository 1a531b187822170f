import { ProblemText } from '@/components/ui/problem-text';
import type { Problem } from '@/lib/client/net/problem';
import { texts } from '@/lib/texts/texts';

export function MemoryProblem({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  return (
    <div className="memory-problem" role="alert">
      <p>
        <ProblemText problem={problem} />
      </p>
      <button type="button" className="button" onClick={onReload}>
        {texts.controls.reload}
      </button>
    </div>
  );
}
