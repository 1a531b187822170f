import type { WrittenPart } from '@/lib/reply/parts';

const DETAILS = /<details\s+type="(reasoning|tool_calls|code_interpreter)"[^>]{0,300}>/g;
const END = '</details>';
const SUMMARY = /^\s*<summary>[^<]*<\/summary>/;

/**
 * Open WebUI writes into a reply's text what the model thought, and its tool calls, as HTML. Thoughts become parts of
 * their own; tool calls are left out.
 */
export function withoutDetails(text: string): WrittenPart[] {
  const parts: WrittenPart[] = [];
  let at = 0;
  for (const found of text.matchAll(DETAILS)) {
    // Before the search, which would else run through the same text for each of many openings.
    if (found.index < at) continue;
    const end = text.indexOf(END, found.index);
    if (end === -1) break;
    parts.push({ kind: 'text', text: text.slice(at, found.index) });
    if (found[1] === 'reasoning') {
      const body = text.slice(found.index + found[0].length, end).replace(SUMMARY, '');
      parts.push({ kind: 'reasoning', text: unquoted(unescaped(body)) });
    }
    at = end + END.length;
  }
  parts.push({ kind: 'text', text: text.slice(at) });
  return parts
    .map(({ kind, text: words }) => ({ kind, text: parts.length > 1 ? words.trim() : words }))
    .filter(({ text: words }) => words !== '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
};

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** Each line of a thought is a quote. */
const unquoted = (text: string): string => {
  const words = text.trim();
  return words.split('\n').every((line) => line.startsWith('>') || line.trim() === '')
    ? words.replace(/^> ?/gm, '')
    : words;
};
