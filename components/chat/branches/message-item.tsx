import { Icon, type IconName } from '@/components/ui/icon';

interface Props {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
}

/** An item of a message's menu. */
export const MessageItem = ({ icon, label, onPress }: Props) => (
  <button type="button" role="menuitem" onClick={onPress}>
    <Icon name={icon} />
    {label}
  </button>
);
