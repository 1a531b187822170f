import { useRef } from 'react';
import { Icon } from '@/components/ui/icon';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import { useModelName } from '@/lib/client/models/model-names';
import type { PageMessage } from '@/lib/page/session-page';
import { useTexts } from '@/lib/texts/use-texts';
import { MessageItem } from './message-item';
import { MoreMenu } from './more-menu';

interface Props {
  readonly reply: PageMessage;
  /** The user message that it answers; null: none, so it cannot be regenerated. */
  readonly question: string | null;
  readonly actions: BranchActions;
}

/** Another reply, by the same model or another, and what else can be done with a reply. */
export function ReplyMenu(props: Props) {
  const texts = useTexts();
  const { reply, question, actions } = props;
  const frame = useRef<HTMLSpanElement>(null);
  const selected = useRef('');
  return (
    <span ref={frame} className="reply-menu">
      {question !== null && (
        <button
          type="button"
          className="quiet-button"
          title={texts.branches.regenerate}
          onClick={() => {
            actions.regenerate(reply.id, question, null);
          }}
        >
          <Icon name="retry" />
          <span>{texts.branches.regenerate}</span>
        </button>
      )}
      <MoreMenu
        label={texts.branches.moreOnReply}
        onPress={(text) => {
          selected.current = text;
        }}
      >
        {() => (
          <ReplyItems
            {...props}
            plainText={() => plainTextOf(frame.current)}
            selected={() => selected.current}
          />
        )}
      </MoreMenu>
    </span>
  );
}

interface ItemsProps extends Props {
  readonly plainText: () => string;
  readonly selected: () => string;
}

function ReplyItems({ reply, question, actions, plainText, selected }: ItemsProps) {
  const texts = useTexts();
  const { id, content, facts } = reply;
  const nameOf = useModelName();
  const words = texts.branches;
  const others = actions.models.filter((name) => name !== facts?.model);
  return (
    <>
      <MessageItem
        icon="copy"
        label={words.copyMarkdown}
        onPress={() => void actions.copy(content)}
      />
      <MessageItem
        icon="copy"
        label={words.copyText}
        onPress={() => void actions.copy(plainText() || content)}
      />
      <MessageItem
        icon="quote"
        label={words.quote}
        onPress={() => {
          actions.quote(selected() || content);
        }}
      />
      <MessageItem icon="fork" label={words.fork} onPress={() => void actions.fork(id)} />
      {question !== null &&
        others.map((model) => (
          <MessageItem
            key={model}
            icon="retry"
            label={words.regenerateWith(nameOf(model))}
            onPress={() => {
              actions.regenerate(id, question, model);
            }}
          />
        ))}
    </>
  );
}

/** The reply without its notes. */
function plainTextOf(menu: HTMLElement | null): string {
  const shown = menu?.closest('article')?.querySelector<HTMLElement>('.markdown');
  return shown?.innerText.trim() ?? '';
}
