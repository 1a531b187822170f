'use client';
import './markdown.css';
import './code-block.css';
import './model-syntax.css';
import { lazyComponent } from '@/components/ui/lazy-component';
import { PlainText } from './plain-text';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly text: string;
  readonly streaming: boolean;
  readonly idPrefix: string;
  /** The weight of the first render. */
  readonly budget: number;
  /** Called when all of it is drawn. */
  readonly onDrawn?: () => void;
}

/** Markdown, with its parser and highlighter loaded on first use; until then the source. */
export const Markdown = lazyComponent<Props>({
  load: async () => (await import('./markdown')).Markdown,
  Until: Written,
  Without: Unformatted,
});

function Written({ text }: Pick<Props, 'text'>) {
  return (
    <div className="markdown">
      <PlainText text={text} />
    </div>
  );
}

/** The app was redeployed while the page was open, and the old files no longer exist. */
function Unformatted({ text }: Props) {
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
