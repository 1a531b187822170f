import { Icon } from '@/components/ui/icon';
import { ProblemText } from '@/components/ui/problem-text';
import { canRetry } from '@/lib/client/net/problem';
import type { FailedItem } from '@/lib/client/transcript/older-failures';
import type { TranscriptActions } from '@/lib/client/transcript/use-transcript-actions';
import { RetryButton } from './retry-button';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly item: FailedItem;
  readonly actions: TranscriptActions;
}

/** A turn without a reply: its text, the reason and the actions. */
export function FailedTurn({ item, actions }: Props) {
  const texts = useTexts();
  const { problem, text } = item;
  return (
    <article className="failed-turn" data-key={item.key} aria-label={texts.transcript.withoutReply}>
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
            <RetryButton
              retryAt={problem.retryAt}
              onRetry={() => {
                actions.retryFailed(item);
              }}
            />
          )}
          <button
            type="button"
            className="button"
            onClick={() => {
              actions.edit(item);
            }}
          >
            <Icon name="pencil" />
            {texts.transcript.edit}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              actions.dismiss(item);
            }}
          >
            {texts.transcript.dismiss}
          </button>
        </div>
      </div>
    </article>
  );
}
