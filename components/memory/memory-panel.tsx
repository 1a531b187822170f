import './memory.css';
import { IconButton } from '@/components/ui/icon-button';
import { closeModal, Modal } from '@/components/ui/modal';
import { MemoryBody } from './memory-body';

interface Props {
  readonly sessionId: string;
  /** The session's: with another one the memory may be another. */
  readonly version: number;
  readonly onClose: () => void;
}

/** A drawer at the side. */
export function MemoryPanel({ sessionId, version, onClose }: Props) {
  return (
    <Modal className="memory-panel" labelledBy="memory-title" onClose={onClose}>
      <div className="memory-content">
        <header>
          <h2 id="memory-title">Memory</h2>
          <IconButton icon="close" label="Close the memory" onClick={closeModal} />
        </header>
        <p className="memory-about">
          A short summary of this session that goes to the model with every message. The model keeps
          it up to date after each reply.
        </p>
        <MemoryBody sessionId={sessionId} version={version} />
      </div>
    </Modal>
  );
}
