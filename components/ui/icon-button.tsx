import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon';

interface Props extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: IconName;
  /** Read aloud, and shown where the pointer rests. */
  readonly label: string;
}

export function IconButton({ icon, label, className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={`icon-button ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}
