import './memory.css';
import { useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { MemoryBody } from './memory-body';

interface Props {
  readonly sessionId: string;
  /** The session's: with another one the memory may be another. */
  readonly version: number;
  readonly onClose: () => void;
}

/** A drawer at the side. The browser's dialog keeps the focus in it and closes it on Escape. */
export function MemoryPanel({ sessionId, version, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressed = useRef<EventTarget | null>(null);
  const close = () => dialog.current?.close();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      className="memory-panel"
      aria-labelledby="memory-title"
      onClose={onClose}
      onPointerDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={({ target }) => {
        // The dialog itself is the target only beside its content, on the backdrop; a selection may end there.
        if (target === dialog.current && pressed.current === target) close();
      }}
    >
      <div className="memory-content">
        <header>
          <h2 id="memory-title">Memory</h2>
          <IconButton icon="close" label="Close the memory" onClick={close} />
        </header>
        <p className="memory-about">
          A short summary of this session that goes to the model with every message. The model keeps
          it up to date after each reply.
        </p>
        <MemoryBody sessionId={sessionId} version={version} />
      </div>
    </dialog>
  );
}
