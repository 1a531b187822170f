'use client';

import './delete-everything.css';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { MarkedText } from '@/components/ui/marked-text';
import { closeModal, Modal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { useEmptyDeleted } from '@/lib/client/sessions/use-empty-deleted';
import { texts } from '@/lib/texts/texts';

/** Makes room: deleted sessions count towards the quota until they are removed. */
export function EmptyDeleted() {
  const [confirming, setConfirming] = useState(false);
  const close = () => {
    setConfirming(false);
  };
  return (
    <>
      <p>
        <Button
          aria-haspopup="dialog"
          onClick={() => {
            setConfirming(true);
          }}
        >
          <Icon name="trash" />
          {texts.deletion.empty.open}
        </Button>
      </p>
      {confirming && (
        <Modal
          className="delete-everything"
          labelledBy="empty-deleted-title"
          describedBy="empty-deleted-what"
          onClose={close}
        >
          <Confirmation onEmptied={close} />
        </Modal>
      )}
    </>
  );
}

function Confirmation({ onEmptied }: { onEmptied: () => void }) {
  const router = useRouter();
  const { empty, busy, problem } = useEmptyDeleted(() => {
    onEmptied();
    router.refresh();
  });
  return (
    <div className="delete-everything-content">
      <h2 id="empty-deleted-title">{texts.deletion.empty.title}</h2>
      <div id="empty-deleted-what">
        <MarkedText text={texts.deletion.empty.what} />
      </div>
      {problem && (
        <div className="delete-everything-problem" role="alert">
          {texts.deletion.everything.unknown} <ProblemText problem={problem} />
        </div>
      )}
      <div className="delete-everything-buttons">
        <Button onClick={closeModal}>{texts.controls.cancel}</Button>
        <Button className="button button-danger" held={busy} onClick={() => void empty()}>
          {busy ? texts.deletion.everything.running : texts.deletion.empty.run}
        </Button>
      </div>
    </div>
  );
}
