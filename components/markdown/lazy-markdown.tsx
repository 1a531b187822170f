'use client';
import './markdown.css';
import './code-block.css';
import './model-syntax.css';
import { drawnLater } from '@/components/ui/drawn-later';
import { PlainText } from './plain-text';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly text: string;
  readonly streaming: boolean;
  readonly idPrefix: string;
  /** The weight that may be drawn at first. */
  readonly budget: number;
}

/** Markdown, its parser and colours loaded when first needed; until then the text as it is written. */
export const Markdown = drawnLater<Props>({
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

/** The program was replaced by a newer one while the page was open, and its old parts are gone. */
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
