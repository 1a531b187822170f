import { memo } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './code-block';
import { IsGrowing, elements } from './elements';
import { fencedCode } from './fence';
import { withoutOuterBlankLines } from './lines';
import { numberNotes } from './notes-plugin';
import { repaired } from './repair';
import { keepUrl } from './safe-url';
import type { BlockKind } from './scan';

interface Props {
  readonly text: string;
  readonly kind: BlockKind;
  readonly plain: boolean;
  readonly growing: boolean;
  /** Definitions from elsewhere in the text that this block mentions. */
  readonly definitions: string;
  /** NoteNumbers as JSON: a string compares by value. */
  readonly notes: string;
}

export const MarkdownBlock = memo(function MarkdownBlock(props: Props) {
  const { text, kind, plain, growing, definitions, notes } = props;
  if (kind === 'note') return null;
  if (kind === 'fence') {
    const { language, code, closed } = fencedCode(text, growing);
    return <CodeBlock name={language} code={code} growing={growing && !closed} />;
  }
  const own = withoutOuterBlankLines(text);
  if (own === '') return null;
  if (plain) return <p className="md-plain">{own}</p>;
  const source = growing ? repaired(own) : own;
  return (
    <IsGrowing value={growing}>
      <ReactMarkdown
        components={elements}
        urlTransform={keepUrl}
        remarkPlugins={[remarkGfm, [numberNotes, { numbers: JSON.parse(notes) }]]}
      >
        {definitions + source}
      </ReactMarkdown>
    </IsGrowing>
  );
});
