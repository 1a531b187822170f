import './import-dialog.css';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { useImport, type FileImport } from '@/lib/client/imports/use-import';
import { texts } from '@/lib/texts/texts';
import { ChooseFile } from './choose-file';
import { ImportReport } from './import-report';

/** Imports a file: choose it, see what is in it, import, see what came of it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const importing = useImport();
  return (
    <Dialog className="import-dialog" labelledBy="import-title" onClose={onClose}>
      <div className="dialog-content">
        <h2 id="import-title">{texts.imports.title}</h2>
        <Body importing={importing} />
        {importing.problem && (
          <p className="dialog-problem" role="alert">
            {importing.phase === 'done' && texts.imports.failed}{' '}
            <ProblemText problem={importing.problem} />
          </p>
        )}
        <Buttons importing={importing} />
      </div>
    </Dialog>
  );
}

function Body({ importing }: { importing: FileImport }) {
  const { phase, lines, total, fileName, cancelled, problem } = importing;
  switch (phase) {
    case 'choose':
      return <ChooseFile onChoose={importing.read} />;
    case 'reading':
      return <p aria-live="polite">{texts.imports.reading(lines.length)}</p>;
    case 'report':
      return <ImportReport heading={texts.imports.report(fileName)} lines={lines} tense="before" />;
    case 'importing':
      return (
        <div aria-live="polite">
          <progress aria-label={texts.imports.progress} value={lines.length} max={total} />
          <p>{texts.imports.importing(lines.length, total)}</p>
        </div>
      );
    case 'done':
      return (
        <>
          {cancelled && <p aria-live="polite">{texts.imports.stopped}</p>}
          <ImportReport
            heading={cancelled || problem ? texts.imports.report(fileName) : texts.imports.result}
            lines={lines}
            tense="after"
          />
        </>
      );
  }
}

function Buttons({ importing }: { importing: FileImport }) {
  const { phase, lines, run, cancel } = importing;
  const fresh = lines.filter(({ kind }) => kind === 'new' || kind === 'newer').length;
  const isRunning = phase === 'reading' || phase === 'importing';
  return (
    <div className="dialog-buttons">
      {isRunning ? (
        <Button onClick={cancel}>{texts.controls.cancel}</Button>
      ) : (
        <Button onClick={closeModal}>
          {phase === 'report' ? texts.controls.cancel : texts.imports.close}
        </Button>
      )}
      {phase === 'report' && fresh > 0 && (
        <Button className="button button-primary" onClick={() => void run()}>
          {texts.imports.run(fresh)}
        </Button>
      )}
    </div>
  );
}
