import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';

export interface ModalProps {
  readonly className: string;
  /** The id of its heading. */
  readonly labelledBy: string;
  /** The id of the text to announce when it opens. */
  readonly describedBy?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A click handler for buttons inside the dialog. */
export const closeModal = ({ currentTarget }: MouseEvent<HTMLElement>): void => {
  currentTarget.closest('dialog')?.close();
};

/** A native dialog: it traps the focus, closes on Escape or a click on the backdrop, and restores the focus. */
export function Modal({ className, labelledBy, describedBy, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressed = useRef<EventTarget | null>(null);
  useEffect(() => {
    const before = document.activeElement;
    const opened = dialog.current;
    opened?.showModal();
    return () => {
      // The browser restores the focus of a dialog that closes, not of one that is removed.
      const isLost = !opened?.isConnected && document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onClose={({ target, currentTarget }) => {
        // React lets the event rise from a dialog inside this one.
        if (target === currentTarget) onClose();
      }}
      onPointerDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={({ target }) => {
        // The dialog is the target only on the backdrop. A text selection that ends there must not close it.
        if (target === dialog.current && pressed.current === target) dialog.current?.close();
      }}
    >
      {children}
    </dialog>
  );
}
