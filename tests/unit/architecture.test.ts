import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SOURCES = ['app', 'components', 'lib', 'db', 'middleware.ts', 'instrumentation.ts'];
const SLOW_MS = 60_000;

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'ask-next-architecture-'));
  for (const file of ['tsconfig.json', '.dependency-cruiser.cjs'])
    cpSync(file, path.join(copy, file));
  for (const folder of ['tests', 'scripts']) mkdirSync(path.join(copy, folder));
  symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'), 'junction');
});

afterEach(() => {
  rmSync(copy, { recursive: true });
});

/** The output of the check on the copy; empty when it passes. */
function check(): string {
  try {
    execFileSync(process.execPath, [path.resolve('scripts/checks/architecture.mjs')], {
      cwd: copy,
      stdio: 'pipe',
    });
    return '';
  } catch (failed) {
    return (failed as { stderr: Buffer }).stderr.toString();
  }
}

const plant = (file: string, source: string) => {
  writeFileSync(path.join(copy, file), source);
};

test(
  'the import rules hold, and each forbidden direction is detected',
  () => {
    for (const part of SOURCES) cpSync(part, path.join(copy, part), { recursive: true });
    plant('components/planted.ts', "export { env } from '@/lib/env';\n");
    plant('components/ui/planted.ts', "export { failureOf } from '../../lib/errors';\n");
    plant('lib/client/net/planted.ts', "export { openStore } from '../../../db/store';\n");
    plant('lib/chat/run/planted.ts', "export { default } from 'pino';\n");
    plant('lib/sessions/export/planted.ts', "export { openDatabase } from '@/db/engine/client';\n");
    plant('lib/markdown/text/planted.ts', "export { plainId } from '@/lib/sessions/id';\n");
    plant('db/planted.ts', "export { services } from '@/app/composition';\n");
    plant('app/api/planted.ts', "export { openaiModel } from '@/lib/llm/openai';\n");
    plant('middleware.ts', "export { openStore } from './db/store';\n");
    const said = check().trim().split('\n');
    for (const [rule, file] of [
      ['browser-never-reaches-server', 'components/planted.ts'],
      ['imports of components/ui/', 'components/ui/planted.ts'],
      ['imports of lib/client/', 'lib/client/net/planted.ts'],
      ['core-is-pure', 'lib/chat/run/planted.ts'],
      ['imports of lib/sessions/', 'lib/sessions/export/planted.ts'],
      ['imports of lib/markdown/', 'lib/markdown/text/planted.ts'],
      ['imports of db/', 'db/planted.ts'],
      ['only-composition-opens-effects', 'app/api/planted.ts'],
      ['middleware-is-thin', 'middleware.ts'],
    ])
      expect(said).toContainEqual(expect.stringContaining(`${rule}: ${file} -> `));
    // No other violation: without the planted files the rules hold.
    expect(said.filter((line) => !/: (?:middleware|.*\/planted)\.ts -> /.test(line))).toEqual([]);
  },
  SLOW_MS,
);

test(
  'the check fails when it does not see every source file',
  () => {
    for (const folder of ['app', 'components', 'lib', 'db']) {
      mkdirSync(path.join(copy, folder));
      plant(`${folder}/one.ts`, 'export const one: number = 1;\n');
    }
    for (const file of ['middleware.ts', 'instrumentation.ts'])
      plant(file, "export { one } from './lib/one';\n");
    // As with an unsupported compiler: dependency-cruiser skips TypeScript.
    plant(
      '.dependency-cruiser.cjs',
      `const rules = require(${JSON.stringify(path.resolve('.dependency-cruiser.cjs'))});
      module.exports = { ...rules, options: { ...rules.options, exclude: 'db/.*[.]ts$' } };`,
    );
    expect(check()).toMatch(/source files were not seen, such as db\//);
  },
  SLOW_MS,
);

test(
  'the check fails when folders import each other, types included, and when one has too many files',
  () => {
    for (const folder of ['app', 'components', 'lib/a', 'lib/b', 'db'])
      mkdirSync(path.join(copy, folder), { recursive: true });
    for (const file of ['app/one.ts', 'components/one.ts', 'middleware.ts', 'instrumentation.ts'])
      plant(file, 'export const one: number = 1;\n');
    plant('lib/a/first.ts', "export type { Second } from '@/lib/b/second';\n");
    plant('lib/a/third.ts', 'export interface Third { readonly a: 1 }\n');
    plant(
      'lib/b/second.ts',
      "import type { Third } from '@/lib/a/third';\nexport type Second = Third;\n",
    );
    for (let n = 0; n < 16; n++)
      plant(`db/file-${String(n)}.ts`, 'export const one: number = 1;\n');
    for (let n = 0; n < 16; n++) plant(`tests/file-${String(n)}.test.ts`, '');
    const said = check();
    expect(said).toMatch(/^folders-in-a-circle: lib\/[ab] -> lib\/[ab]$/m);
    expect(said).toMatch(/^folder-too-large: db holds 16 files/m);
    expect(said).toMatch(/^folder-too-large: tests holds 16 files/m);
  },
  SLOW_MS,
);

test('docs/architecture.md lists for each folder what it may import, as in the rules', () => {
  const { ROOMS } = createRequire(import.meta.url)(path.resolve('.dependency-cruiser.cjs')) as {
    ROOMS: Record<string, string[]>;
  };
  const rows = readFileSync('docs/architecture.md', 'utf8').matchAll(
    /^\| `([^`]+)` +\|[^|]*\| ([^|]*?) *\|$/gm,
  );
  const documented = Array.from(rows, ([, folder = '', imports = '']) => [
    folder,
    Array.from(imports.matchAll(/`([^`]+)`/g), ([, name]) => name),
  ]);
  expect(Object.fromEntries(documented)).toEqual(ROOMS);
});
