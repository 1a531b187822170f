import { type ComponentProps, useRef } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { copyText } from '@/lib/client/browser/copy-text';
import { cellsOf } from './cells-of';
import { csvOf } from '@/lib/markdown/tables/csv';
import { useTexts } from '@/lib/texts/use-texts';

export function Table({ children }: ComponentProps<'table'>) {
  const texts = useTexts();
  const table = useRef<HTMLTableElement>(null);
  return (
    <div className="md-table-frame">
      <section
        className="md-table"
        aria-label={texts.markdown.table}
        dir="auto"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table ref={table}>{children}</table>
      </section>
      <CopyButton
        label={texts.markdown.copyTable}
        onCopy={() => copyText(csvOf(table.current ? cellsOf(table.current) : []))}
      />
    </div>
  );
}
