import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';

interface Props {
  readonly className: string;
  /** The id of its heading. */
  readonly labelledBy: string;
  /** The id of what is read aloud when it opens. */
  readonly describedBy?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** For a button in it. */
export const closeModal = ({ currentTarget }: MouseEvent<HTMLElement>): void => {
  currentTarget.closest('dialog')?.close();
};

/** The browser's dialog keeps the focus in it, closes on Escape and gives the focus back. So does a press beside it. */
export function Modal({ className, labelledBy, describedBy, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressed = useRef<EventTarget | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onClose={onClose}
      onPointerDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={({ target }) => {
        // The dialog itself is the target only beside its content, on the backdrop; a selection may end there.
        if (target === dialog.current && pressed.current === target) dialog.current?.close();
      }}
    >
      {children}
    </dialog>
  );
}
