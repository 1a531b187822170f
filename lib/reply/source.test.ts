import { expect, test } from 'vitest';
import { newSources, readSource, sourceIn, sourceText, SOURCES_MAX } from './source';

test.each([
  ['javascript:alert(1)', null],
  ['data:text/html,<script>', null],
  ['  JaVaScRiPt:alert(1)', null],
  ['/relative', null],
  ['', null],
  [7, null],
  [`https://x.y/${'a'.repeat(4_000_000)}`, null],
  [`https://x.y/${'é'.repeat(1000)}`, null],
  ['https://x.y', 'https://x.y/'],
  ['HTTP://X.Y/a b<c>', 'http://x.y/a%20b%3Cc%3E'],
])('of an address such as %.40s only a web page is kept', (url, kept) => {
  expect(readSource(url, null)?.url ?? null).toBe(kept);
});

test.each([
  [undefined, null],
  [7, null],
  ['  ', null],
  ['A\u0000\n  title ', 'A title'],
  ['t'.repeat(4_000_000), `${'t'.repeat(199)}…`],
  [`${'t'.repeat(198)}😀 and more`, `${'t'.repeat(198)}…`],
  ['lone \uD800 half', 'lone \uFFFD half'],
])('a title such as %.40s becomes %.40s', (title, kept) => {
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
