import { expect, test } from 'vitest';
import { newSources, readSource, sourceIn, sourceText, SOURCES_MAX } from './source';

test.each<[name: string, url: unknown, kept: string | null]>([
  ['code', 'javascript:alert(1)', null],
  ['code after blanks', '  JaVaScRiPt:alert(1)', null],
  ['data', 'data:text/html,<script>', null],
  ['a path', '/relative', null],
  ['nothing', '', null],
  ['a number', 7, null],
  ['4 MB', `https://x.y/${'a'.repeat(4_000_000)}`, null],
  ['letters that grow when they are encoded', `https://x.y/${'é'.repeat(1000)}`, null],
  ['a host', 'https://x.y', 'https://x.y/'],
  ['blanks and brackets', 'HTTP://X.Y/a b<c>', 'http://x.y/a%20b%3Cc%3E'],
])('an address: %s', (_, url, kept) => {
  expect(readSource(url, null)?.url ?? null).toBe(kept);
});

test.each<[name: string, title: unknown, kept: string | null]>([
  ['none', undefined, null],
  ['a number', 7, null],
  ['blanks', '  ', null],
  ['control characters', 'A\u0000\n  title ', 'A title'],
  ['4 MB', 't'.repeat(4_000_000), `${'t'.repeat(199)}…`],
  ['a character at the limit', `${'t'.repeat(198)}😀 and more`, `${'t'.repeat(198)}…`],
  ['half a character', 'lone \uD800 half', 'lone \uFFFD half'],
])('a title: %s', (_, title, kept) => {
  expect(readSource('https://x.y', title)?.title).toBe(kept);
});

test('an entry gives back its source, and nothing where it holds none that can be opened', () => {
  const source = { url: 'https://x.y/', title: 'X' };
  expect(sourceIn({ kind: 'source', text: sourceText(source) })).toEqual(source);
  for (const text of ['', '{', 'null', '7', '{"url":"javascript:alert(1)"}', '{"title":"X"}'])
    expect(sourceIn({ kind: 'source', text })).toBeNull();
  expect(sourceIn({ kind: 'text', text: sourceText(source) })).toBeNull();
});

test('each address is new once, and so many at most', () => {
  const held = { url: 'https://held.y/', title: null };
  const isNew = newSources([{ at: 0, kind: 'source', text: sourceText(held) }]);
  const all = Array.from({ length: 10_000 }, (_, at) => ({
    url: `https://x.y/${String(at)}`,
    title: null,
  }));
  expect(isNew(held)).toBe(false);
  expect([...all, ...all].filter(isNew)).toEqual(all.slice(0, SOURCES_MAX - 1));
});
