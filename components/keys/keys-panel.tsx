import './keys.css';
import { useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { closeModal, Modal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { useKeys } from '@/lib/client/keys/use-keys';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

import { KeyRow } from './key-row';
import { MadeKey } from './made-key';
import { NewKey } from './new-key';

/** A person's API keys: to make, to see and to revoke. */
export function KeysPanel({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const words = useLaterTexts().keys;
  const { keys, newKey, revoked, busy, problem, create, revoke, dismiss } = useKeys();
  const heading = useRef<HTMLHeadingElement>(null);
  /** When the button that had the focus is gone. */
  const focusHeading = () => heading.current?.focus();
  return (
    <Modal className="keys-panel" labelledBy="keys-title" onClose={onClose}>
      <div className="keys-content">
        <header>
          <h2 id="keys-title" ref={heading} tabIndex={-1}>
            {words.title}
          </h2>
          <IconButton icon="close" label={words.close} onClick={closeModal} />
        </header>
        <p className="keys-hint">{words.about}</p>
        {problem && (
          <p className="keys-problem" role="alert">
            <ProblemText problem={problem} />
          </p>
        )}
        <output className="visually-hidden">{revoked !== null && words.revoked(revoked)}</output>
        {newKey ? (
          <MadeKey
            {...newKey}
            onDone={() => {
              dismiss();
              focusHeading();
            }}
          />
        ) : (
          <NewKey busy={busy} onMake={create} />
        )}
        {!keys && busy && <p className="keys-hint">{texts.controls.loading}</p>}
        {keys?.length === 0 && <p className="keys-hint">{words.none}</p>}
        {keys && keys.length > 0 && (
          <section aria-labelledby="keys-yours">
            <h3 id="keys-yours">{words.yours}</h3>
            <ul>
              {keys.map((key) => (
                <KeyRow
                  key={key.id}
                  stored={key}
                  busy={busy}
                  onRevoke={async () => {
                    if (await revoke(key)) focusHeading();
                  }}
                />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Modal>
  );
}
