import { expect, test } from 'vitest';
import type { Line } from './code-line';
import { type CodeLines, advanceCode } from './code-lines';
import { highlight } from './highlight';
import { languageOf } from './languages';

const textOf = (lines: readonly Line[]) =>
  lines.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('');
const allOf = (lines: CodeLines) => [...lines.settled.flat(), ...lines.open];
const code = Array.from(
  { length: 90 },
  (_, n) => `const value${n} = \`a ${n}\`; // note\n/* two\nlines */ call("x");\n`,
).join('');

test('the highlighted lines add up to the code', () => {
  for (const source of [code, '', '\n', 'a', 'no end `', '/* open\n']) {
    expect(textOf(highlight(source, 'javascript'))).toBe(source);
  }
});

test.each([
  'js',
  'ts',
  'jsx',
  'tsx',
  'python',
  'json',
  'markup',
  'html',
  'css',
  'bash',
  'sh',
  'sql',
  'go',
  'rust',
  'java',
  'c',
  'cpp',
  'c++',
  'csharp',
  'c#',
  'php',
  'ruby',
  'yaml',
  'yml',
  'diff',
  'markdown',
  'md',
  'dockerfile',
  'kotlin',
  'swift',
  'toml',
  'PYTHON',
])('%s is highlighted', (name) => {
  expect(languageOf(name)).not.toBeNull();
});

test.each([
  'constructor',
  '__proto__',
  'toString',
  'extend',
  'hasOwnProperty',
  'insertBefore',
  'DFS',
  '',
  'nonsense',
])('a fence named %s is plain', (name) => {
  expect(languageOf(name)).toBeNull();
});

test('strings, comments and keywords get their kinds', () => {
  const kinds = highlight('const a = "b"; // c', 'javascript').flatMap(({ pieces }) =>
    pieces.map(({ kind }) => kind),
  );
  expect(kinds).toEqual(expect.arrayContaining(['keyword', 'string', 'comment', 'operator']));
});

test('streaming code settles in stable chunks and ends up like code highlighted as a whole', () => {
  let lines = advanceCode(null, '', 'javascript', true);
  for (let length = 1; length <= code.length; length += 13) {
    const next = advanceCode(lines, code.slice(0, length), 'javascript', true);
    expect(lines.settled.every((chunk, index) => next.settled[index] === chunk)).toBe(true);
    lines = next;
  }
  expect(lines.settled.length).toBeGreaterThan(4);
  const grown = advanceCode(lines, code, 'javascript', true);
  const whole = advanceCode(grown, code, 'javascript', false);
  expect(allOf(grown).map(({ pieces }) => pieces)).toEqual(
    allOf(whole).map(({ pieces }) => pieces),
  );
});

test('very long code, or code with a very long line, is plain', () => {
  expect(
    highlight(`const a = 1;${' '.repeat(600)}`, 'javascript').flatMap(({ pieces }) => pieces),
  ).toHaveLength(1);
  expect(highlight(code.repeat(10), 'javascript').every(({ pieces }) => pieces.length <= 1)).toBe(
    true,
  );
});
