import './memory.css';
import './memory-history.css';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { IconButton } from '@/components/ui/icon-button';
import { closeModal, Modal } from '@/components/ui/modal';
import { aboutCalls } from '@/lib/client/memory/about-calls';
import { useObservable } from '@/lib/client/browser/observable';
import { useClientState } from '@/lib/client/page/client-state';
import { useMemory } from '@/lib/client/memory/use-memory';
import { MemoryEditor } from './memory-editor';
import { MemoryHistory } from './memory-history';
import { MemoryProblem } from './memory-problem';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

/** What a person wrote about themselves, for every session. */
export function AboutPanel({ onClose }: { onClose: () => void }) {
  const words = useLaterTexts().memory.me;
  return (
    <Modal className="memory-panel" labelledBy="about-me" onClose={onClose}>
      <div className="memory-content">
        <header>
          <h2 id="about-me">{words.title}</h2>
          <IconButton icon="close" label={words.close} onClick={closeModal} />
        </header>
        <p className="memory-about">{words.about}</p>
        <AboutBody onClose={onClose} />
      </div>
    </Modal>
  );
}

function AboutBody({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const laterTexts = useLaterTexts();
  const words = laterTexts.memory.me;
  // Read again whenever the feed of changes reports something, since it may be this text.
  const refreshed = useObservable(useClientState().latestPage, null);
  const { stored, own, revisions, limit, busy, problem, saved, ...actions } = useMemory(
    aboutCalls,
    refreshed?.readAt ?? 0,
  );
  const done = stored?.memory === null ? words.isForgotten : words.saved;
  return (
    <>
      <output className="visually-hidden">{saved && done}</output>
      {problem && <MemoryProblem problem={problem} onReload={() => void actions.reload()} />}
      {!stored && busy && <p className="memory-about">{texts.controls.loading}</p>}
      {stored && (
        <>
          <MemoryEditor
            name="about me"
            words={words}
            stored={stored}
            own={own}
            busy={busy}
            onSave={actions.save}
          >
            <Button
              className="button danger"
              softDisabled={busy || stored.memory === null}
              onClick={() => void actions.forget()}
            >
              <Icon name="trash" />
              {laterTexts.memory.forget}
            </Button>
          </MemoryEditor>
          <MemoryHistory
            revisions={revisions}
            limit={limit}
            busy={busy}
            actions={actions}
            onClose={onClose}
          />
        </>
      )}
    </>
  );
}
