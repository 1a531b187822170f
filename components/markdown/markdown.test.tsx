import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { atLength } from '@/tests/faults/chance';
import { answers } from './fixtures/answers';
import { comparable, formulasLoaded, html, visibleText, wholeHtml } from './testing';

beforeAll(formulasLoaded);

const RAW = /[*`[\]_\\]|~~|(?:^|\n)\s*(?:\||#|>|[-+] |\d+\.)|(?:^|\n)[-=+|]+\s*$/;

const withoutNotes = answers.filter((answer) => !answer.includes('[^'));

test.each(withoutNotes)('an answer in blocks renders like one parsed as a whole: %#', (answer) => {
  expect(comparable(html(answer))).toBe(comparable(wholeHtml(answer)));
});

const inline = fc.constantFrom(
  'alpha',
  '**bold**',
  '*em*',
  '`code`',
  '[x](https://example.org)',
  '~~no~~',
  `long ${'words '.repeat(30)}end`,
);
const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const item = fc.tuple(
  line,
  fc.constantFrom(
    '',
    '\n\n  more',
    '\n  ```js\n  let a;\n\n  let b;\n  ```',
    '\n  - inner\n  - inner',
    '\n\n  - inner\n\n  - inner',
    '\n  > quote',
  ),
);
const list = fc
  .tuple(
    fc.constantFrom('-', '*'),
    fc.array(item, { minLength: 1, maxLength: 6 }),
    fc.constantFrom('\n', '\n\n'),
  )
  .map(([marker, items, gap]) =>
    items.map(([first, rest]) => `${marker} ${first}${rest}`).join(gap),
  );
const block = fc.oneof(
  line,
  list,
  list,
  line.map((text) => `## ${text}`),
  line.map((text) => `> ${text}\n> ${text}`),
  line.map((text) => `| a | ${text} |\n|:--|--:|\n| 1 | 2 |`),
  fc.constantFrom(
    '```js\nconst a = 1;\n\nb\n```',
    '---',
    'Title\n===',
    '    indented\n\n    code',
    '<div>\nhi\n</div>',
    '$$\na\n- b\n$$',
    '\\[ x^2 \\] and *on*',
    'Then\n\\[\nx\n\\]\n- a',
    '<details>\n<summary>More</summary>',
    '</details>',
    '> [!TIP]\n> a',
    '```md\n```js\na\n```\n```',
    '| `a|b` | $x$ |\n|--|--|\n| `c|d` | $|y|$ |',
  ),
);

test('any answer in blocks renders like one parsed as a whole', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
      const text = blocks.join('\n\n');
      expect(comparable(html(text))).toBe(comparable(wholeHtml(text)));
    }),
    { numRuns: 80 },
  );
});

/** `npm run faults` looks after every character, `npm test` after each third. */
const EVERY = atLength() ? 1 : 3;

test('while streaming, at most two in a thousand updates show incomplete markup', () => {
  let updates = 0;
  const raw: string[] = [];
  for (const answer of answers) {
    for (let length = 1; length <= answer.length; length += EVERY) {
      updates += 1;
      const shown = visibleText(html(answer.slice(0, length), true));
      if (RAW.test(shown)) raw.push(answer.slice(0, length).slice(-30));
    }
  }
  expect(updates).toBeGreaterThan(500);
  expect(raw.slice(Math.floor(updates / 500))).toEqual([]);
}, 120_000);

test.each([
  ['stars of prices', '**$5,000** to **$9,000** and *$3*; total: $8,000.', /\*$/],
  [
    'underscores of an address',
    '[a](https://a.com/x_(y)) and https://a.com/Foo_(bar). So',
    /[.)]_$/,
  ],
  ['indices of a formula', '> \\[\n> \\sum_{k=1}^n k\n> \\]', /_$/],
  ['code in emphasis', 'the **`x` and `y`** flags', /\*/],
  ['emphasis beside Chinese', '这是**重点**，和**「另一个」**。', /\*/],
  ['the head of a table in a list', '1. One\n\n   | a | b |\n   |---|---|\n   | 1 | 2 |', /\|-/],
  ['a comment', 'text <!-- not for you --> end', /<|-|not/],
  ['an entity', 'this &amp; that, R&D', /&a/],
  ['highlighted words', 'so ==one== and 这是==重点==, ==a **b**== end', /=/],
  ['a list in a cell', '|a|\n|-|\n|<ul><li>one</li><li>two</li></ul>|\n\nx', /[<>]/],
  ['a bullet under a number', '1. One\n  - two\n  - three\n2. Four', /^\s*-/m],
])('%s never show half-written', (_, written, raw) => {
  for (let length = 1; length < written.length; length += 1)
    expect(visibleText(html(written.slice(0, length), true)).trim()).not.toMatch(raw);
});

test('the last update of a stream renders like the finished answer', () => {
  for (const answer of answers) expect(html(`${answer}\n`, true)).toBe(html(`${answer}\n`));
});

test('links open in a new tab and send no referrer', () => {
  expect(html('[a](https://example.org) https://example.org/b c@example.org')).toBe(
    '<div class="markdown"><p>' +
      '<a href="https://example.org" target="_blank" rel="noopener noreferrer nofollow">a</a> ' +
      '<a href="https://example.org/b" target="_blank" rel="noopener noreferrer nofollow">https://example.org/b</a> ' +
      '<a href="mailto:c@example.org" target="_blank" rel="noopener noreferrer nofollow">c@example.org</a></p></div>',
  );
});

test('remote images are links, data images are shown', () => {
  expect(html('![A cat](https://example.org/cat.png)')).toContain(
    '>Image: A cat (example.org)</a>',
  );
  expect(html('![A cat](https://example.org/cat.png)')).not.toContain('<img');
  expect(html('![dot](data:image/png;base64,AAAA)')).toContain(
    '<img class="md-image" src="data:image/png;base64,AAAA" alt="dot"/>',
  );
});

test('an image or a footnote mark inside a link is text', () => {
  const badge = html('[![build](https://img.example/x.svg)](https://ci.example)');
  expect(badge).toContain('<a href="https://ci.example"');
  expect(badge).toContain('<span>build</span></a>');
  expect(badge.match(/<a /g)).toHaveLength(1);
  const marked = html('[see[^n]](https://a.example) and[^n]\n\n[^n]: A note');
  expect(marked).toMatch(/<sup class="md-note-mark" id="m-mark-1">1<\/sup><\/a>/);
  expect(html('[![dot](data:image/png;base64,AAAA)](https://a.example)')).toContain('<img');
});

test('a definition far longer than its references is ignored', () => {
  const long = `http://x/${'y'.repeat(24_000)}`;
  expect(html(`[a]: ${long}\n\n${'[a]\n\n'.repeat(500)}`).length).toBeLessThan(60_000);
  const allowed = `http://x/${'y'.repeat(1_500)}`;
  expect(html(`Once [a].\n\n${'Words. '.repeat(60)}\n\n[a]: ${allowed}`)).toContain(allowed);
});

test('what is too large to be formatted is shown as written, and that is said once the text is whole', () => {
  const said = 'too large to format';
  const large = '> '.repeat(300);
  expect(html(`${large}a`)).toContain(said);
  expect(html(`${large}a`, true)).not.toContain(said);
  expect(html('> a')).not.toContain(said);
});

test('a citation is removed wherever the pieces of a plain text are cut', () => {
  // The pieces are cut in the middle of the mark, at the last space of 2,000 characters.
  const plain = (mark: string) => html(`${'> '.repeat(990)}Fact${mark} and on`);
  const shown = plain('\uE200cite turn0search0\uE201');
  expect(shown).toContain('md-plain');
  expect(shown).not.toContain('turn0search0');
  expect(plain('【4†the longest.pdf】')).not.toContain('longest');
});

test('a very long list is rendered in parts with continuous numbers', () => {
  const items = Array.from({ length: 150 }, (_, n) => `1. ${'word '.repeat(40)}${n}\n`).join('');
  const starts = [...html(items).matchAll(/<ol dir="auto"(?: start="(\d+)")?>/g)];
  expect(starts.map(([, start]) => start)).toEqual([undefined, '97']);
});

test('a table shows as one from its first line on, but not a row of more than 100 columns', () => {
  expect(html('|a|b', true)).toContain('<table');
  expect(html('|a'.repeat(101), true)).not.toContain('<table');
});

test('table cells are aligned by class, without style attributes', () => {
  const table = html('| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |');
  expect(table).toContain('<th scope="col" class="md-center">b</th>');
  expect(table).toContain('<td class="md-right">3</td>');
  expect(table).not.toContain('style=');
});

test('each task of a task list has a named checkbox', () => {
  const shown = html('- [x] done\n- [ ] open');
  expect(shown).toMatch(/<input type="checkbox"[^>]*aria-label="Done" checked=""\/>/);
  expect(shown).toMatch(/<input type="checkbox"[^>]*aria-label="Open"\/>/);
});

test('raw HTML is shown as text', () => {
  expect(html('a <q>c</q>')).toContain('a &lt;q&gt;c&lt;/q&gt;');
});

test('footnotes are numbered over the whole text and have unique ids', () => {
  const far = `First[^b].\n\n${'Words. '.repeat(60)}\n\n- Then[^a] and[^b]\n\n[^a]: A *note*\n[^b]: Another\n[^c]: Never mentioned\n`;
  const shown = html(far);
  expect(shown).toContain('First<sup class="md-note-mark"><a href="#m-note-1" id="m-mark-1"');
  expect(shown).toContain('Then<sup class="md-note-mark"><a href="#m-note-2" id="m-mark-2"');
  expect(shown.match(/id="m-mark-1"/g)).toHaveLength(1);
  expect(shown).toMatch(
    /<li id="m-note-1"><p>Another<\/p>.*<li id="m-note-2"><p>A <em>note<\/em><\/p>/s,
  );
  expect(shown).not.toContain('Never mentioned');
});

test('a footnote without a definition ends up as text', () => {
  expect(html('a[^1]', true)).toContain('<sup class="md-note-mark">1</sup>');
  expect(html('a[^1]')).toContain('a[^1]');
});

test('references find their definitions in other blocks', () => {
  const text = `See [the docs][d].\n\n${'Words. '.repeat(60)}\n\n[d]: https://example.org/d\n`;
  expect(html(text)).toContain('<a href="https://example.org/d"');
  expect(html('See [the docs][d], [d] and [x][]')).toContain('See [the docs][d], [d] and [x][]');
});

test('code has its language, its lines and a copy button', () => {
  const code = html('```js\nconst a = 1;\n```');
  expect(code).toContain('<figcaption class="md-code-head"><span>JavaScript</span><button');
  expect(code).toContain('aria-label="Code: JavaScript" tabindex="0"');
  expect(code).toContain('<span class="tok-keyword">const</span>');
});
