import { memo } from 'react';
import ReactMarkdown from 'react-markdown';
import { Fenced } from './fenced';
import { IsStreaming, elements } from './elements';
import { fencedCode } from '@/lib/markdown/blocks/fence';
import { withoutOuterBlankLines } from '@/lib/markdown/text/lines';
import { loosen, unwrapList } from '@/lib/markdown/plugins/lists-plugin';
import { type FootnoteNumbers, numberFootnotes } from '@/lib/markdown/plugins/footnotes-plugin';
import { allowed, readers } from '@/lib/markdown/plugins/plugins';
import { repaired } from '@/lib/markdown/blocks/repair';
import { PlainText } from './plain-text';
import { keepUrl } from '@/lib/markdown/plugins/safe-url';
import type { BlockKind } from '@/lib/markdown/blocks/scan';
import { sourceOf } from '@/lib/markdown/blocks/source';

interface Props {
  readonly text: string;
  readonly kind: BlockKind;
  readonly plain: boolean;
  /** A loose list: its items are paragraphs. */
  readonly loose: boolean;
  readonly streaming: boolean;
  /** Definitions from elsewhere that this block refers to; null: not rendered yet. */
  readonly definitions: string | null;
  /** FootnoteNumbers as JSON: a string compares by value. */
  readonly notes: string;
}

/** Shorter code is not worth a frame before it is highlighted. In UTF-16 units. */
const SEEN_AS_CODE = 160;

export const MarkdownBlock = memo(function MarkdownBlock(props: Props) {
  const { text, kind, plain, streaming, definitions } = props;
  if (kind === 'note') return null;
  const isDrawn = definitions !== null;
  if (kind === 'fence' && !plain && (isDrawn || text.length >= SEEN_AS_CODE)) {
    const { language, code, closed } = fencedCode(text, streaming);
    return (
      <Fenced name={language} code={code} coloured={isDrawn} streaming={streaming && !closed} />
    );
  }
  const own = withoutOuterBlankLines(text);
  if (own === '') return null;
  const inList = kind === 'list' || kind === 'item';
  if (!plain && isDrawn) return <Parsed {...{ ...props, definitions, own, inList }} />;
  const words = <PlainText text={own} pending={!plain} />;
  return inList ? <li className="md-plain">{words}</li> : words;
});

interface ParsedProps extends Props {
  readonly own: string;
  readonly inList: boolean;
  readonly definitions: string;
}

function Parsed({ text, own, inList, loose, streaming, definitions, notes }: ParsedProps) {
  // Serialised by needsOf in another module.
  const numbers = JSON.parse(notes) as FootnoteNumbers;
  return (
    <IsStreaming value={streaming}>
      <ReactMarkdown
        components={elements}
        urlTransform={keepUrl}
        remarkPlugins={[...readers(streaming), [numberFootnotes, { numbers }], [loosen, { loose }]]}
        rehypePlugins={inList ? [unwrapList, allowed] : [allowed]}
      >
        {definitions + sourceOf(streaming ? repaired(own, /[\r\n]$/.test(text)) : own)}
      </ReactMarkdown>
    </IsStreaming>
  );
}
