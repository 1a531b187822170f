import { useRef } from 'react';
import { Icon } from '@/components/ui/icon';
import { lazyOverlay } from '@/components/loading/lazy-overlay';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import type { PageMessage } from '@/lib/page/session-page';
import { useTexts } from '@/lib/texts/use-texts';
import { MessageMenuButton } from './message-menu-button';
import type { ReplyMenuProps } from './reply-menu';

const LazyReplyMenu = lazyOverlay<ReplyMenuProps>(
  async () => (await import('./reply-menu')).ReplyMenu,
);

interface Props {
  readonly reply: PageMessage;
  /** The user message that it answers; null: none, so it cannot be regenerated. */
  readonly question: string | null;
  readonly actions: BranchActions;
}

/** Another reply, by the same model or another, and what else can be done with a reply. */
export function ReplyButtons({ reply, question, actions }: Props) {
  const texts = useTexts();
  const frame = useRef<HTMLSpanElement>(null);
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
      <MessageMenuButton label={texts.branches.moreOnReply} preload={LazyReplyMenu.preload}>
        {(menu) => (
          <LazyReplyMenu
            {...menu}
            message={reply}
            question={question}
            actions={actions}
            plainText={() => plainTextOf(frame.current)}
          />
        )}
      </MessageMenuButton>
    </span>
  );
}

/** The reply without its notes. */
function plainTextOf(actions: HTMLElement | null): string {
  const shown = actions?.closest('article')?.querySelector<HTMLElement>('.markdown');
  return shown?.innerText.trim() ?? '';
}
