import type { ComponentProps } from 'react';
import { Icon, type IconName } from '@/components/ui/icon';

interface Props extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  readonly label: string;
}

export const MenuItem = ({ icon, label, ...rest }: Props) => (
  <button type="button" role="menuitem" {...rest}>
    <Icon name={icon} />
    {label}
  </button>
);
