import type { Blockquote, Paragraph, PhrasingContent, RootContent } from 'mdast';

/** GitHub's five kinds, and what other programs call them. */
const KINDS: Readonly<Record<string, string>> = {
  note: 'note',
  info: 'note',
  tip: 'tip',
  hint: 'tip',
  success: 'tip',
  important: 'important',
  warning: 'warning',
  attention: 'warning',
  caution: 'caution',
  danger: 'caution',
  error: 'caution',
};

/** Turns a quote that starts with `[!NOTE]` or a similar mark into a callout. */
export function asCallout(quote: Blockquote): RootContent {
  const [first, ...others] = quote.children;
  if (quote.data?.hName !== undefined || first?.type !== 'paragraph') return quote;
  const marked = takeMark(first.children);
  if (!marked) return quote;
  const { kind, name, words } = marked;
  return {
    ...quote,
    data: { hName: 'div', hProperties: { className: ['md-callout', `md-${kind}`], dir: 'auto' } },
    children: [
      titleOf(name),
      ...(words.length === 0 ? [] : [{ ...first, children: words }]),
      ...others,
    ],
  };
}

function takeMark([start, ...others]: readonly PhrasingContent[]) {
  if (start?.type !== 'text') return null;
  const [, mark = '', left = ''] = /^(\[![a-z]+\])[ \t]*(.*)$/i.exec(start.value) ?? [];
  const name = mark.slice(2, -1).toLowerCase();
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined) return null;
  if (left !== '') return { kind, name, words: [{ ...start, value: left }, ...others] };
  return { kind, name, words: others[0]?.type === 'break' ? others.slice(1) : others };
}

const titleOf = (name: string): Paragraph => ({
  type: 'paragraph',
  data: { hProperties: { className: ['md-callout-title'] } },
  children: [{ type: 'text', value: name.charAt(0).toUpperCase() + name.slice(1) }],
});
