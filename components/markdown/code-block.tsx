import { memo, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { copyText } from '@/lib/client/browser/copy-text';
import { advanceCode } from '@/lib/markdown/code/code-lines';
import type { Line, Piece } from '@/lib/markdown/code/code-line';
import { MAX_CHARACTERS } from '@/lib/markdown/code/highlight';
import { languageOf } from '@/lib/markdown/code/languages';
import { texts } from '@/lib/texts/texts';

interface Props {
  /** The info string of the fence. */
  readonly name: string;
  readonly code: string;
  readonly coloured: boolean;
  readonly streaming: boolean;
}

export const CodeBlock = memo(function CodeBlock({ name, code, coloured, streaming }: Props) {
  const lines = useCodeLines(code, coloured ? languageOf(name) : null, streaming);
  const label = name || texts.markdown.plainCode;
  return (
    <figure className={code.length > MAX_CHARACTERS ? 'md-code md-code-long' : 'md-code'}>
      <figcaption className="md-code-head">
        <span>{label}</span>
        <CopyButton label={texts.controls.copy} onCopy={() => copyText(code.replace(/\n$/, ''))} />
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section className="md-code-lines" aria-label={texts.markdown.code(label)} tabIndex={0}>
        <pre>
          <code>
            {lines.settled.map((chunk, index) => (
              <CodeChunk key={index} lines={chunk} />
            ))}
            <CodeChunk key={lines.settled.length} lines={lines.open} />
          </code>
        </pre>
      </section>
    </figure>
  );
});

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
