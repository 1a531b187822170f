import './delete-everything.css';
import { useRouter } from 'next/navigation';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { MarkedText } from '@/components/ui/marked-text';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import type { CallResult } from '@/lib/client/net/call';
import { useAction } from '@/lib/client/page/use-action';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly title: string;
  readonly what: string;
  readonly deletion: () => Promise<CallResult<unknown>>;
  readonly onClose: () => void;
}

/** Asks before deleted sessions are removed permanently. */
export function ConfirmDeletion({ title, what, deletion, onClose }: Props) {
  const laterTexts = useLaterTexts();
  const texts = useTexts();
  const router = useRouter();
  const id = useId();
  const { run, busy, problem } = useAction(deletion, () => {
    onClose();
    router.refresh();
  });
  return (
    <Dialog
      className="delete-everything"
      labelledBy={`${id}-title`}
      describedBy={`${id}-what`}
      onClose={onClose}
    >
      <div className="dialog-content">
        <h2 id={`${id}-title`} dir="auto">
          {title}
        </h2>
        <div id={`${id}-what`}>
          <MarkedText text={what} />
        </div>
        {problem && (
          <div className="dialog-problem" role="alert">
            {laterTexts.trash.everything.unknown} <ProblemText problem={problem} />
          </div>
        )}
        <div className="dialog-buttons">
          <Button onClick={closeModal}>{texts.controls.cancel}</Button>
          <Button className="button button-danger" softDisabled={busy} onClick={() => void run()}>
            {busy ? laterTexts.trash.everything.running : laterTexts.trash.forGood.run}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
