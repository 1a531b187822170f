import type { ComponentProps } from 'react';

interface Props extends ComponentProps<'button'> {
  /** It cannot be pressed now, but keeps the focus, which a disabled button would lose. */
  readonly held?: boolean;
}

export function Button({ held = false, className = 'button', onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={className}
      aria-disabled={held || undefined}
      onClick={(event) => {
        if (held) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
