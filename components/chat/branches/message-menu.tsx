import { Menu } from '@/components/ui/menus/menu';
import { MenuItem } from '@/components/ui/menus/menu-item';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import type { PageMessage } from '@/lib/page/session-page';
import { useLaterTexts } from '@/lib/texts/use-texts';
import type { MessageMenuProps } from './message-menu-button';

/** Of the menu of a question; that of a reply needs more. */
export interface UserMenuProps extends MessageMenuProps {
  readonly message: PageMessage;
  readonly actions: BranchActions;
}

export const UserMenu = (props: UserMenuProps) => (
  <Menu {...props}>
    <QuoteAndFork {...props} />
  </Menu>
);

/** The items that each message has. */
export function QuoteAndFork({ message, actions, selected }: UserMenuProps) {
  const { messageMenu: words } = useLaterTexts();
  return (
    <>
      <MenuItem
        icon="quote"
        label={words.quote}
        onClick={() => {
          actions.quote(selected() || message.content);
        }}
      />
      <MenuItem icon="fork" label={words.fork} onClick={() => void actions.fork(message.id)} />
    </>
  );
}
