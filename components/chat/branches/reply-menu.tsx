import { useRef } from 'react';
import { Icon } from '@/components/ui/icon';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import type { PageMessage } from '@/lib/page/session-page';
import { texts } from '@/lib/texts/texts';
import { MessageItem } from './message-item';
import { MoreMenu } from './more-menu';

interface Props {
  readonly reply: PageMessage;
  /** The user message that it answers; null: none, so it cannot be regenerated. */
  readonly question: string | null;
  readonly actions: BranchActions;
}

/** Another reply, by the same model or another, and what else can be done with a reply. */
export function ReplyMenu({ reply, question, actions }: Props) {
  const { id, content, facts } = reply;
  const frame = useRef<HTMLSpanElement>(null);
  const selected = useRef('');
  const words = texts.branches;
  const regenerate = (model: string | null) => {
    if (question !== null) actions.regenerate(id, question, model);
  };
  const others = question === null ? [] : actions.models.filter((name) => name !== facts?.model);
  return (
    <span ref={frame} className="reply-menu">
      {question !== null && (
        <button
          type="button"
          className="quiet-button"
          onClick={() => {
            regenerate(null);
          }}
        >
          <Icon name="retry" />
          {words.regenerate}
        </button>
      )}
      <MoreMenu
        label={words.moreOnReply}
        onPress={(text) => {
          selected.current = text;
        }}
      >
        {() => (
          <>
            <MessageItem
              icon="copy"
              label={words.copyMarkdown}
              onPress={() => void actions.copy(content)}
            />
            <MessageItem
              icon="copy"
              label={words.copyText}
              onPress={() => void actions.copy(plainTextOf(frame.current) || content)}
            />
            <MessageItem
              icon="quote"
              label={words.quote}
              onPress={() => {
                actions.quote(selected.current || content);
              }}
            />
            <MessageItem icon="fork" label={words.fork} onPress={() => void actions.fork(id)} />
            {others.map((model) => (
              <MessageItem
                key={model}
                icon="retry"
                label={words.regenerateWith(model)}
                onPress={() => {
                  regenerate(model);
                }}
              />
            ))}
          </>
        )}
      </MoreMenu>
    </span>
  );
}

/** The reply as it is shown. */
function plainTextOf(menu: HTMLElement | null): string {
  const shown = menu?.closest('article')?.querySelector<HTMLElement>('.markdown');
  return shown?.innerText.trim() ?? '';
}
