// This folder knows no session and no message: it imports only texts.
import type { ComponentProps } from 'react';

interface Props extends ComponentProps<'button'> {
  /** Like `disabled`, but keeps the focus. */
  readonly softDisabled?: boolean;
}

export function Button({ softDisabled = false, className = 'button', onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={className}
      aria-disabled={softDisabled || undefined}
      onClick={(event) => {
        if (softDisabled) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
