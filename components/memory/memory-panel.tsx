import './memory.css';
import './memory-history.css';
import { IconButton } from '@/components/ui/icon-button';
import { closeModal, Modal } from '@/components/ui/modal';
import { MemoryBody } from './memory-body';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly sessionId: string;
  /** The session's version. The memory is reloaded when it changes. */
  readonly version: number;
  readonly onClose: () => void;
}

export function MemoryPanel({ sessionId, version, onClose }: Props) {
  const laterTexts = useLaterTexts();
  return (
    <Modal className="memory-panel" labelledBy="memory-title" onClose={onClose}>
      <div className="memory-content">
        <header>
          <h2 id="memory-title">{laterTexts.memory.memory}</h2>
          <IconButton icon="close" label={laterTexts.memory.close} onClick={closeModal} />
        </header>
        <MemoryBody sessionId={sessionId} version={version} onClose={onClose} />
      </div>
    </Modal>
  );
}
