import { Menu } from '@/components/ui/menus/menu';
import { MenuItem } from '@/components/ui/menus/menu-item';
import { useModelName } from '@/lib/client/models/model-names';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { QuoteAndFork, type UserMenuProps } from './message-menu';

export interface ReplyMenuProps extends UserMenuProps {
  /** The user message that it answers; null: none, so it cannot be regenerated. */
  readonly question: string | null;
  /** Returns the reply as it reads, without its notes. */
  readonly plainText: () => string;
}

export function ReplyMenu(props: ReplyMenuProps) {
  const { message, question, actions, plainText } = props;
  const { messageMenu: words } = useLaterTexts();
  const nameOf = useModelName();
  const { id, content, facts } = message;
  const others = actions.models.filter((name) => name !== facts?.model);
  return (
    <Menu {...props}>
      <MenuItem icon="copy" label={words.copyMarkdown} onClick={() => void actions.copy(content)} />
      <MenuItem
        icon="copy"
        label={words.copyText}
        onClick={() => void actions.copy(plainText() || content)}
      />
      <QuoteAndFork {...props} />
      {question !== null &&
        others.map((model) => (
          <MenuItem
            key={model}
            icon="retry"
            label={words.regenerateWith(nameOf(model))}
            onClick={() => {
              actions.regenerate(id, question, model);
            }}
          />
        ))}
    </Menu>
  );
}
