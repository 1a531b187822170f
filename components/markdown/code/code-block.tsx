import { memo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { CodeHead } from './code-head';
import { useLatest } from './use-latest';
import { keepPlace } from '@/lib/client/reading/keep-place';
import { advanceCode } from '@/lib/markdown/code/code-lines';
import type { Line, Piece } from '@/lib/markdown/code/code-line';
import { MAX_CHARACTERS } from '@/lib/markdown/code/highlight';
import { languageOf } from '@/lib/markdown/code/languages';
import { ownName } from '@/lib/markdown/code/names';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  /** The info string of the fence. */
  readonly name: string;
  readonly code: string;
  readonly coloured: boolean;
  readonly streaming: boolean;
}

/** Code of more lines is folded to its first ones; the style sheet says to how many. */
const FOLDED_OVER = 40;

export const CodeBlock = memo(function CodeBlock({ name, code, coloured, streaming }: Props) {
  const texts = useTexts();
  const lines = useCodeLines(code, coloured ? languageOf(name) : null, streaming);
  const fold = useFold(code, streaming);
  const figure = useRef<HTMLElement>(null);
  const region = useRef<HTMLElement>(null);
  const written = useLatest(code);
  const label = ownName(name) ?? texts.markdown.plainCode;
  const turn = (folded: boolean) => {
    if (figure.current === null) return;
    keepPlace(figure.current, () => {
      flushSync(() => {
        fold.set(folded);
      });
    });
    region.current?.focus({ preventScroll: true });
  };
  const classes = ['md-code', code.length > MAX_CHARACTERS && 'md-code-long'];
  return (
    <figure
      ref={figure}
      className={[...classes, lines.byLine && 'md-code-lined'].filter(Boolean).join(' ')}
      data-folded={fold.folded || undefined}
    >
      <CodeHead name={name} label={label} written={written} />
      <section
        ref={region}
        className="md-code-lines"
        aria-label={texts.markdown.code(label)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <pre>
          <code>
            {lines.settled.map((chunk, index) => (
              <CodeChunk key={index} lines={chunk} />
            ))}
            <CodeChunk key={lines.settled.length} lines={lines.open} />
          </code>
        </pre>
      </section>
      {fold.isLong && (
        <button
          type="button"
          className="md-code-fold"
          onClick={() => {
            turn(!fold.folded);
          }}
        >
          {fold.folded
            ? texts.markdown.allLines(lineEnds(code, Infinity) + 1)
            : texts.markdown.fewerLines}
        </button>
      )}
    </figure>
  );
});

/** Long code that is complete when first drawn is folded. Code that streamed in view stays open. */
function useFold(code: string, streaming: boolean) {
  const isLong = lineEnds(code, FOLDED_OVER) === FOLDED_OVER;
  const [folded, set] = useState(isLong && !streaming);
  return { isLong, folded: isLong && folded, set };
}

/** How many lines end before the last one, counted up to `most`. */
function lineEnds(code: string, most: number): number {
  let count = 0;
  for (
    let at = code.indexOf('\n');
    at >= 0 && at < code.length - 1;
    at = code.indexOf('\n', at + 1)
  ) {
    count += 1;
    if (count === most) break;
  }
  return count;
}

function useCodeLines(code: string, language: string | null, streaming: boolean) {
  const [current, setCurrent] = useState(() => advanceCode(null, code, language, streaming));
  const lines = advanceCode(current, code, language, streaming);
  if (lines !== current) setCurrent(lines);
  return lines;
}

const CodeChunk = memo(function CodeChunk({ lines }: { lines: readonly Line[] }) {
  return lines.map((line, index) => <CodeLine key={index} line={line} />);
});

const CodeLine = memo(
  function CodeLine({ line }: { line: Line }) {
    return (
      <span>
        {line.pieces.map(({ text, kind }, index) =>
          kind === null ? (
            text
          ) : (
            <span key={index} className={`tok-${kind}`}>
              {text}
            </span>
          ),
        )}
      </span>
    );
  },
  (before, after) => samePieces(before.line.pieces, after.line.pieces),
);

function samePieces(before: readonly Piece[], after: readonly Piece[]): boolean {
  return (
    before === after ||
    (before.length === after.length &&
      before.every(
        ({ text, kind }, index) => text === after[index]?.text && kind === after[index].kind,
      ))
  );
}
