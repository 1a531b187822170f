import './import-dialog.css';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { useImport, type FileImport } from '@/lib/client/imports/use-import';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

import { ChooseFile } from './choose-file';
import { ImportReport } from './import-report';

/** Imports a file: choose it, see its content, import, see the result. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const laterTexts = useLaterTexts();
  const importing = useImport();
  return (
    <Dialog className="import-dialog" labelledBy="import-title" onClose={onClose}>
      <div className="dialog-content">
        <h2 id="import-title">{laterTexts.imports.title}</h2>
        <Body importing={importing} />
        {importing.problem && (
          <p className="dialog-problem" role="alert">
            {importing.phase === 'done' && laterTexts.imports.failed}{' '}
            <ProblemText problem={importing.problem} />
          </p>
        )}
        <Buttons importing={importing} />
      </div>
    </Dialog>
  );
}

function Body({ importing }: { importing: FileImport }) {
  const laterTexts = useLaterTexts();
  const { phase, lines, total, fileName, cancelled, problem } = importing;
  switch (phase) {
    case 'choose':
      return <ChooseFile onChoose={importing.read} />;
    case 'reading':
      return <p aria-live="polite">{laterTexts.imports.reading(lines.length)}</p>;
    case 'report':
      return (
        <ImportReport heading={laterTexts.imports.report(fileName)} lines={lines} tense="before" />
      );
    case 'importing':
      return (
        <div aria-live="polite">
          <progress aria-label={laterTexts.imports.progress} value={lines.length} max={total} />
          <p>{laterTexts.imports.importing(lines.length, total)}</p>
        </div>
      );
    case 'done':
      return (
        <>
          {cancelled && <p aria-live="polite">{laterTexts.imports.stopped}</p>}
          <ImportReport
            heading={
              cancelled || problem ? laterTexts.imports.report(fileName) : laterTexts.imports.result
            }
            lines={lines}
            tense="after"
          />
        </>
      );
  }
}

function Buttons({ importing }: { importing: FileImport }) {
  const texts = useTexts();
  const laterTexts = useLaterTexts();
  const { phase, lines, run, cancel } = importing;
  const fresh = lines.filter(({ kind }) => kind === 'new' || kind === 'newer').length;
  const isRunning = phase === 'reading' || phase === 'importing';
  return (
    <div className="dialog-buttons">
      {isRunning ? (
        <Button onClick={cancel}>{texts.controls.cancel}</Button>
      ) : (
        <Button onClick={closeModal}>
          {phase === 'report' ? texts.controls.cancel : laterTexts.imports.close}
        </Button>
      )}
      {phase === 'report' && fresh > 0 && (
        <Button className="button button-primary" onClick={() => void run()}>
          {laterTexts.imports.run(fresh)}
        </Button>
      )}
    </div>
  );
}
