import { failureSentence } from '@/lib/texts/failure-sentence';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly problem: Parameters<typeof failureSentence>[0] & {
    /** By which an operator finds it in the log. */
    readonly ref: string | null;
  };
}

export function ProblemText({ problem }: Props) {
  return (
    <>
      {failureSentence(problem)}{' '}
      {problem.ref && <span className="ref">{texts.controls.reference(problem.ref)}</span>}
    </>
  );
}
