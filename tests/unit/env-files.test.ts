import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadEnvFiles, parseEnvFile } from '../../scripts/steps/env/env-files.mjs';

const valueOf = (line: string) => parseEnvFile(line).values['NAME'];

test.each([
  ['NAME=pa$sw0rd', 'pa$sw0rd'],
  ["NAME='pa$sw0rd'", 'pa$sw0rd'],
  ['NAME="pa$sw0rd"', 'pa$sw0rd'],
  ["NAME='${HOME}'", '${HOME}'],
  ["NAME='a\\$b'", 'a\\$b'],
  ['NAME=pa#ss#', 'pa#ss#'],
  ['NAME=pass # a comment', 'pass'],
  ["NAME='pass # word' # a comment", 'pass # word'],
  ['NAME=with "quotes" inside', 'with "quotes" inside'],
  ["NAME=it's", "it's"],
  ['NAME="it\'s"', "it's"],
  ['NAME="say \\"yes\\""', 'say "yes"'],
  ['NAME={"a":"b"}', '{"a":"b"}'],
  ['NAME=a=b==', 'a=b=='],
  ['NAME=C:\\new\\table', 'C:\\new\\table'],
  ['  export NAME =  spaced  ', 'spaced'],
  ['NAME=', ''],
  ['NAME=""', ''],
  ['NAME= # nothing', ''],
  ['\uFEFFNAME=after a mark', 'after a mark'],
  ['NAME=from Windows\r\nOTHER=1\r\n', 'from Windows'],
  ['NAME="one\ntwo"\nOTHER=1', 'one\ntwo'],
  ['NAME="one\\ntwo"', 'one\ntwo'],
  ['# NAME=not\nNAME=last\n', 'last'],
])('%j is parsed literally', (line, value) => {
  const { mistakes } = parseEnvFile(line);
  expect(mistakes).toEqual([]);
  expect(valueOf(line)).toBe(value);
});

test.each([
  ['NAME=postgres://${USER}@host', 'NAME has ${…}'],
  ['NAME="${USER}"', 'NAME has ${…}'],
  ['NAME=pa\\$sw0rd', 'NAME has \\$'],
  ['NAME="secret', 'NAME begins with "'],
  ["NAME='it's'", "NAME has more after the '"],
  ['\nsecret', 'line 2 is not NAME=value'],
  ['A="1\n2"\n\nsecret', 'line 4 is not NAME=value'],
])('%j is refused with its name, without its value', (text, sentence) => {
  const { mistakes } = parseEnvFile(text);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(sentence);
  expect(mistakes[0]).not.toMatch(/secret|sw0rd|postgres/);
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-env-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string | Buffer) => {
  writeFileSync(path.join(folder, name), text);
};

test('the environment takes precedence over files, and the more specific file over the other', () => {
  write('.env', 'A=1\nB=1\nC=1\nD=1\n');
  write('.env.production', 'B=2\nC=2\n');
  write('.env.local', 'C=3\n');
  write('.env.development', 'D=4\n');
  const env = { A: 'real' };
  expect(loadEnvFiles('production', folder, env)).toEqual(['C', 'B', 'D']);
  expect(env).toEqual({ A: 'real', B: '2', C: '3', D: '1' });
});

test('a file in UTF-16, as PowerShell writes it, is read', () => {
  write('.env', Buffer.from('\uFEFFA=1\r\n', 'utf16le'));
  const env: Record<string, string> = {};
  loadEnvFiles('production', folder, env);
  expect(env).toEqual({ A: '1' });
});

test('an error names the file', () => {
  write('.env.local', 'nothing');
  expect(() => loadEnvFiles('production', folder, {})).toThrow(
    '.env.local is invalid:\n  line 1 is not NAME=value',
  );
});
