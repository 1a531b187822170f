import './branches.css';
import { useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import type { PageMessage } from '@/lib/page/session-page';
import { useTexts } from '@/lib/texts/use-texts';
import { MessageItem } from './message-item';
import { MoreMenu } from './more-menu';
import { SiblingNav } from './sibling-nav';

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
  const selected = useRef('');
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
      <MoreMenu
        label={words.moreOnMessage}
        onPress={(text) => {
          selected.current = text;
        }}
      >
        {() => (
          <>
            <MessageItem
              icon="quote"
              label={words.quote}
              onPress={() => {
                actions.quote(selected.current || content);
              }}
            />
            <MessageItem icon="fork" label={words.fork} onPress={() => void actions.fork(id)} />
          </>
        )}
      </MoreMenu>
    </div>
  );
}
