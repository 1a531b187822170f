// This folder knows no session and no message: it imports only texts.
import type { ComponentProps } from 'react';

interface Props extends ComponentProps<'button'> {
  /** Like `disabled`, but keeps the focus. */
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
