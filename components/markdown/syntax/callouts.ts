import type { Blockquote, Paragraph, PhrasingContent, RootContent } from 'mdast';

const MARK = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)?/i;

/** Makes a callout of a quote that begins with `[!NOTE]` or another of its kind. */
export function asCallout(quote: Blockquote): RootContent {
  const [first, ...others] = quote.children;
  if (quote.data?.hName !== undefined || first?.type !== 'paragraph') return quote;
  const marked = takeMark(first.children);
  if (!marked) return quote;
  const { kind, words } = marked;
  return {
    ...quote,
    data: { hName: 'div', hProperties: { className: ['md-callout', `md-${kind}`], dir: 'auto' } },
    children: [
      titleOf(kind),
      ...(words.length === 0 ? [] : [{ ...first, children: words }]),
      ...others,
    ],
  };
}

function takeMark([start, ...others]: readonly PhrasingContent[]) {
  if (start?.type !== 'text') return null;
  const [mark, kind] = MARK.exec(start.value) ?? [];
  if (mark === undefined || kind === undefined) return null;
  const left = start.value.slice(mark.length);
  const words = left === '' ? others : [{ ...start, value: left }, ...others];
  return { kind: kind.toLowerCase(), words };
}

const titleOf = (kind: string): Paragraph => ({
  type: 'paragraph',
  data: { hProperties: { className: ['md-callout-title'] } },
  children: [{ type: 'text', value: kind.charAt(0).toUpperCase() + kind.slice(1) }],
});
