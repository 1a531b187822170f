import './memory.css';
import { useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Switch } from '@/components/ui/switch';
import { useMemory } from '@/lib/client/use-memory';
import { MemoryEditor } from './memory-editor';
import { MemoryHistory } from './memory-history';

interface Props {
  readonly sessionId: string;
  readonly onClose: () => void;
}

/** A drawer at the side. The browser's dialog keeps the focus in it and closes it on Escape. */
export function MemoryPanel({ sessionId, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const memory = useMemory(sessionId);
  const { stored, revisions, busy, problem } = memory;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      className="memory-panel"
      aria-labelledby="memory-title"
      onClose={onClose}
      onClick={(event) => {
        // The dialog itself is clicked only beside its content, on the backdrop.
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <div className="memory-content">
        <header>
          <h2 id="memory-title">Memory</h2>
          <IconButton
            icon="close"
            label="Close the memory"
            onClick={() => dialog.current?.close()}
          />
        </header>
        <p className="memory-about">
          A short summary of this session that goes to the model with every message. The model keeps
          it up to date after each reply.
        </p>
        {problem && (
          <div className="memory-problem" role="alert">
            <p>
              {problem.message}
              {problem.ref && <span className="ref"> (Ref: {problem.ref})</span>}
            </p>
            <button type="button" className="button" onClick={() => void memory.reload()}>
              Reload
            </button>
          </div>
        )}
        {stored && (
          <>
            <Switch
              label="Use and update the memory"
              checked={stored.enabled}
              disabled={busy}
              onChange={(enabled) => void memory.enable(enabled)}
            />
            <MemoryEditor
              key={stored.memory}
              memory={stored.memory}
              busy={busy}
              onSave={memory.save}
              onForget={memory.forget}
            />
            <MemoryHistory
              revisions={revisions}
              current={stored.memory}
              busy={busy}
              onRestore={memory.save}
            />
          </>
        )}
        {!stored && busy && <p className="memory-about">Loading…</p>}
      </div>
    </dialog>
  );
}
