import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { ProblemText } from '@/components/ui/problem-text';
import { canRetry } from '@/lib/client/problem';
import { waitWords } from '@/lib/client/rate';
import { useNow } from '@/lib/client/use-now';
import type { FailedItem, TranscriptActions } from '@/lib/client/use-transcript-actions';

interface Props {
  readonly item: FailedItem;
  readonly actions: TranscriptActions;
}

/** A turn that got no reply: the words are kept, the cause is said, and there is a way on. */
export function FailedTurn({ item, actions }: Props) {
  const { problem, text } = item;
  const now = useNow(problem.retryAt);
  const wait = problem.retryAt !== null && now !== null ? problem.retryAt - now : 0;
  return (
    <article className="failed-turn" aria-label="Message without a reply">
      <div className="user-message">
        <div className="bubble" dir="auto">
          {text}
        </div>
      </div>
      <div className="failure">
        <Icon name="warning" />
        <p role="alert">
          <ProblemText problem={problem} />
        </p>
        <div className="failure-actions">
          {canRetry(problem) && (
            <Button
              held={wait > 0}
              onClick={() => {
                actions.retryFailed(item);
              }}
            >
              <Icon name="retry" />
              {wait > 0 ? `Try again in ${waitWords(wait)}` : 'Retry'}
            </Button>
          )}
          <button
            type="button"
            className="button"
            onClick={() => {
              actions.edit(item);
            }}
          >
            <Icon name="pencil" />
            Edit
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              actions.dismiss(item);
            }}
          >
            Dismiss
          </button>
        </div>
      </div>
    </article>
  );
}
