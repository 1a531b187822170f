import './branches.css';
import { useEffect, useRef } from 'react';
import { lazyOverlay } from '@/components/loading/lazy-overlay';
import { IconButton } from '@/components/ui/icon-button';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import type { PageMessage } from '@/lib/page/session-page';
import { useTexts } from '@/lib/texts/use-texts';
import type { UserMenuProps } from './message-menu';
import { MessageMenuButton } from './message-menu-button';
import { SiblingNav } from './sibling-nav';

const LazyUserMenu = lazyOverlay<UserMenuProps>(
  async () => (await import('./message-menu')).UserMenu,
);

interface Props {
  readonly message: PageMessage;
  readonly actions: BranchActions;
  /** The editor was left, and had the focus. */
  readonly focused: boolean;
  readonly onEdit: () => void;
}

/** What can be done with a message of the user. */
export function UserActions({ message, actions, focused, onEdit }: Props) {
  const texts = useTexts();
  const { id, content, place } = message;
  const edit = useRef<HTMLButtonElement>(null);
  const words = texts.branches;
  useEffect(() => {
    if (focused) edit.current?.focus({ preventScroll: true });
  }, [focused]);
  return (
    <div className="user-actions">
      {place && <SiblingNav messageId={id} place={place} onShow={actions.show} />}
      <IconButton icon="copy" label={words.copy} onClick={() => void actions.copy(content)} />
      <IconButton ref={edit} icon="pencil" label={words.edit} onClick={onEdit} />
      <MessageMenuButton label={words.moreOnMessage} preload={LazyUserMenu.preload}>
        {(menu) => <LazyUserMenu {...menu} message={message} actions={actions} />}
      </MessageMenuButton>
    </div>
  );
}
