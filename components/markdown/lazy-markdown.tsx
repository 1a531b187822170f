'use client';
import './markdown.css';
import './code/code-block.css';
import './diagrams/diagram.css';
import './model-syntax.css';
import './tables/table.css';
import { useDelay } from '@/lib/client/browser/use-delay';
import { lazyComponent } from '@/components/loading/lazy-component';
import { PlainText } from './plain-text';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly text: string;
  readonly streaming: boolean;
  readonly idPrefix: string;
  /** The weight of the first render. */
  readonly budget: number;
  /** Called when all of it is drawn. */
  readonly onDrawn?: () => void;
}

/** How long a text waits for the code that formats it. Later its source is shown, and is rendered again once the code is there. */
const PATIENCE_MS = 2000;

/** Markdown, with its parser and highlighter loaded on first use. */
export const Markdown = lazyComponent<Props>({
  load: async () => (await import('./markdown')).Markdown,
  Until: WrittenAfterAll,
  Without: Unformatted,
});

function WrittenAfterAll({ text }: Pick<Props, 'text'>) {
  const isLate = useDelay(PATIENCE_MS);
  return isLate ? <Written text={text} pending /> : null;
}

function Written({ text, pending = false }: Pick<Props, 'text'> & { readonly pending?: boolean }) {
  return (
    <div className="markdown">
      <PlainText text={text} pending={pending} />
    </div>
  );
}

/** The app was redeployed while the page was open, and the old files no longer exist. */
function Unformatted({ text }: Props) {
  const texts = useTexts();
  return (
    <>
      <Written text={text} />
      <div className="note note-warning md-reload">
        <p>{texts.markdown.outOfDate}</p>
        <button
          type="button"
          className="button"
          onClick={() => {
            location.reload();
          }}
        >
          {texts.controls.reload}
        </button>
      </div>
    </>
  );
}
