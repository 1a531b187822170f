import { useState } from 'react';
import { LazyImport } from '@/components/imports/lazy-import';
import { LazyDeletion } from '@/components/sessions/lazy-deletion';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { EXPORT_ALL } from '@/lib/client/net/api';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

/** Takes all of a person's data along, brings some, or deletes it. */
export function YourDataSection() {
  const texts = useTexts();
  const laterTexts = useLaterTexts();
  const [open, setOpen] = useState<'import' | 'deletion' | null>(null);
  const close = () => {
    setOpen(null);
  };
  return (
    <section>
      <h3>{texts.deletion.yourData}</h3>
      <p className="preferences-about">{laterTexts.preferences.dataAbout}</p>
      <div className="preferences-buttons">
        <a className="button" href={EXPORT_ALL} download>
          <Icon name="download" />
          {laterTexts.dataMenu.exportAll}
        </a>
        <Button
          aria-haspopup="dialog"
          onClick={() => {
            setOpen('import');
          }}
        >
          <Icon name="upload" />
          {laterTexts.dataMenu.import}
        </Button>
        <Button
          className="button danger"
          aria-haspopup="dialog"
          onClick={() => {
            setOpen('deletion');
          }}
        >
          <Icon name="trash" />
          {laterTexts.dataMenu.deleteEverything}
        </Button>
      </div>
      {open === 'import' && <LazyImport onClose={close} />}
      {open === 'deletion' && <LazyDeletion onClose={close} />}
    </section>
  );
}
