import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Blocks } from './block-ends';
import { advanceBlocks, allChunks, openBlock, splitBlocks } from './blocks';
import { answers } from '@/components/markdown/fixtures/answers';

const blocksOf = (blocks: Blocks) =>
  allChunks(blocks, openBlock(blocks)).flatMap((chunk) => chunk.blocks);
const textsOf = (text: string) => blocksOf(splitBlocks(text)).map((block) => block.text);
const kindsOf = (text: string) => blocksOf(splitBlocks(text)).map((block) => block.kind);

const long = 'A sentence that is long enough not to share its block with the next one. '.repeat(3);

const PIECES = [
  [
    'a',
    long,
    '- ',
    '* ',
    '1. ',
    '2) ',
    '> ',
    '    ',
    '  ',
    '\t',
    '```',
    '```js',
    '~~~',
    '# h',
    '===',
    '---',
  ],
  [
    '<div>',
    '</div>',
    '<!--',
    '-->',
    '| a | b |',
    '|---|---|',
    '[^1]: ',
    '[^1]',
    '[a]: b',
    '[a]',
    '`x`',
    '$$',
    '\\[ ',
    '\\]',
    '<details>',
    '</details>',
    '```md',
    '|`a|b`|c|',
  ],
  ['\n', '\n\n', '\n\n', '\n  ', '\r\n', '\r', '**b**', '- [ ] '],
].flat();
const piece = fc.constantFrom(...PIECES);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

test('the blocks add up to the text', () => {
  fc.assert(
    fc.property(text, (whole) => {
      expect(textsOf(whole).join('')).toBe(whole);
    }),
  );
});

test('streamed text is split like the whole text', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(text, sizes, (whole, cuts) => {
      let blocks = splitBlocks('');
      let length = 0;
      for (let index = 0; length < whole.length; index += 1) {
        length += cuts[index % cuts.length] ?? 1;
        blocks = advanceBlocks(blocks, whole.slice(0, length));
      }
      expect(blocksOf(blocks)).toEqual(blocksOf(splitBlocks(whole)));
    }),
    { numRuns: 400 },
  );
});

test('settled blocks keep their identity while the text grows', () => {
  const whole = answers.join('\n\n').repeat(8);
  let before = splitBlocks('');
  for (let length = 7; length <= whole.length; length += 7) {
    const after = advanceBlocks(before, whole.slice(0, length));
    const full = before.settled.slice(0, -1);
    expect(full.every((chunk, index) => after.settled[index] === chunk)).toBe(true);
    before = after;
  }
  expect(before.settled.length).toBeGreaterThan(1);
});

test('a text that does not extend the old one is split again', () => {
  expect(advanceBlocks(splitBlocks(`${long}\n\nb`), 'c').settled).toEqual([]);
});

test('fences, loose lists, quotes and indented code are not cut', () => {
  const whole = [
    '```js\na\n\n# b\n\n- c\n```\n',
    '> a\n>\n> b\n',
    '    a\n\n\n    b\n',
    '<!-- a\n\nb -->\n',
    'Title\n=====\n',
    '| a | b |\n|---|---|\n| c | d |\n',
  ].map((block) => block.replace(/^(?=[^`])/, ''));
  for (const block of whole) {
    const texts = textsOf(`${long}\n\n${block}\n${long}\n\n${long}`).map((part) => part.trim());
    expect(texts.some((part) => part.includes(block.trim()))).toBe(true);
  }
});

test('a fold stays in one block, but not the rest of a long one', () => {
  const fold = (inner: string) => `<details>\n<summary>a</summary>\n\n${inner}\n\n</details>`;
  const short = fold(`${long}\n\n- a\n- b\n\n\`\`\`js\nc\n\`\`\``);
  expect(textsOf(`${long}\n\n${short}\n\n${long}`)[1]?.trim()).toBe(short);
  const blocks = textsOf(`${fold(`${long}\n\n`.repeat(60))}\n\n${long}`);
  expect(blocks[0]?.length).toBeLessThan(5_000);
  expect(blocks.length).toBeGreaterThan(30);
});

test('a list is cut only between its items', () => {
  const items = Array.from(
    { length: 4 },
    (_, n) => `${n + 1}. ${long}\n\n   more\n\n   \`\`\`\n   code\n\n   code\n   \`\`\`\n`,
  );
  const whole = `${long}\n\n${items.join('\n')}\n${long}\n`;
  expect(kindsOf(whole)).toEqual(['text', 'list', 'item', 'item', 'item', 'text']);
  expect(textsOf(whole)[2]).toMatch(/^2\. /);
});

test('blank lines inside a list make all of it loose', () => {
  const tight = `- ${long}\n- ${long}\n- ${long}\n`;
  const loose = `- ${long}\n- ${long}\n\n- ${long}\n`;
  expect(blocksOf(splitBlocks(tight)).some((block) => block.loose)).toBe(false);
  expect(blocksOf(splitBlocks(loose)).some((block) => block.loose)).toBe(true);
});

test('a list stays in one chunk', () => {
  const whole = `${long}\n\n`.repeat(30) + `- ${long}\n`.repeat(40) + `\n${long}\n\n`.repeat(3);
  const chunks = allChunks(splitBlocks(whole), openBlock(splitBlocks(whole)));
  expect(chunks.map((chunk) => chunk.blocks.length)).toEqual([70, 3]);
  expect(chunks.map((chunk) => chunk.first)).toEqual([0, 70]);
});

test('a closed fence is its own block', () => {
  expect(kindsOf('a\n```\nb\n```\nc')).toEqual(['text', 'fence', 'text']);
  expect(kindsOf('```\nb\n``')).toEqual(['fence']);
});

test('an update scans only what follows the last settled block', () => {
  const paragraph = `${long}\n\n`;
  const settled = splitBlocks(paragraph.repeat(500));
  const after = advanceBlocks(settled, `${settled.text}The next`);
  expect(after.openStart).toBe(settled.text.length);
  expect(openBlock(after).text).toBe('The next');
});
