import { ProblemText } from '@/components/ui/problem-text';
import { isConflict, type Problem } from '@/lib/client/net/problem';
import { useTexts } from '@/lib/texts/use-texts';

/** After a conflict the text was read again, so there is nothing to reload or to report. */
export function MemoryProblem({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  const texts = useTexts();
  const conflict = isConflict(problem);
  return (
    <div className="memory-problem" role="alert">
      <p>
        <ProblemText problem={conflict ? { ...problem, ref: null } : problem} />
      </p>
      {!conflict && (
        <button type="button" className="button" onClick={onReload}>
          {texts.controls.reload}
        </button>
      )}
    </div>
  );
}
