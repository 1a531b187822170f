import type { ComponentProps } from 'react';
import { Button } from './button';
import { Icon, type IconName } from './icon';

interface Props extends Omit<ComponentProps<typeof Button>, 'children' | 'aria-label'> {
  readonly icon: IconName;
  /** Announced by screen readers and shown as a tooltip. */
  readonly label: string;
}

export function IconButton({ icon, label, className = '', ...rest }: Props) {
  return (
    <Button title={label} {...rest} aria-label={label} className={`icon-button ${className}`}>
      <Icon name={icon} />
    </Button>
  );
}
