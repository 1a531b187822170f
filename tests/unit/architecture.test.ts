import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const FOLDERS = ['app', 'cli', 'components', 'lib', 'db'];
const SLOW_MS = 180_000;

const { ROOMS, FILES, forbidden } = createRequire(import.meta.url)(
  path.resolve('.dependency-cruiser.cjs'),
) as {
  ROOMS: Record<string, string[]>;
  FILES: Record<string, string[]>;
  forbidden: { name: string }[];
};

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

/** Writes a file into the copy, or adds to it. */
const plant = (file: string, source: string) => {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  writeFileSync(path.join(copy, file), source, { flag: 'a' });
};

const sideEffect = (name: string) => `import '${name}';\n`;
const modules = (name: string) => `node_modules/${name}/`;

const LEAF = 'lib/planted/leaf.ts';
const IMPORT_LEAF = "export { leaf } from '@/lib/planted/leaf';\n";

/** Nothing imports these folders, so what is planted in them closes no circle of folders. */
const inRoom = (room: string) => `${room}planted/planted.ts`;

/** For each rule the file that breaks it, the import that does, and what it resolves to. */
const BREACHES: readonly (readonly [rule: string, file: string, source: string, to: string])[] = [
  ...Object.keys(ROOMS).map(
    (room) => [`imports of ${room}`, inRoom(room), IMPORT_LEAF, LEAF] as const,
  ),
  ...Object.keys(FILES).map((file) => [`imports of ${file}`, file, IMPORT_LEAF, LEAF] as const),
  ['imports of other files in lib/', 'lib/planted.ts', IMPORT_LEAF, LEAF],
  ['no-cycles', 'lib/planted/a.ts', "export { leaf } from './b';\n", 'lib/planted/b.ts'],
  ['lib-sees-lib', 'lib/planted/c.ts', "export { leaf } from '@/tests/planted';\n", 'tests/'],
  ['pages-read-and-render', inRoom('app/'), IMPORT_LEAF, LEAF],
  ['routes-parse-call-answer', inRoom('app/api/'), IMPORT_LEAF, LEAF],
  ['middleware-is-thin', 'middleware.ts', IMPORT_LEAF, LEAF],
  ['instrumentation-is-thin', 'instrumentation.ts', IMPORT_LEAF, LEAF],
  [
    'only-composition-opens-effects',
    inRoom('app/api/'),
    "export { openStore } from '@/db/store';\n",
    'db/store.ts',
  ],
  ...['openai', 'drizzle-orm', 'better-sqlite3', 'pg', 'ioredis', '@upstash/redis', 'pino'].map(
    (name) => ['one-home-per-sdk', inRoom('lib/page/'), sideEffect(name), modules(name)] as const,
  ),
  ['one-home-per-sdk', inRoom('db/'), sideEffect('pg'), modules('pg')],
  ['core-is-pure', inRoom('lib/chat/'), sideEffect('pino'), modules('pino')],
  ['core-is-pure', inRoom('lib/chat/'), sideEffect('node:fs'), 'fs'],
  ['no-zod-values-in-the-browser', inRoom('components/'), sideEffect('zod'), modules('zod')],
  [
    'browser-never-reaches-server',
    inRoom('lib/client/'),
    "export { env } from '@/lib/env';\n",
    'lib/env.ts',
  ],
];

/** What lines that begin like this say after it. */
const toOf = (said: readonly string[], start: string) =>
  said.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));

test(
  'each import rule finds the import that it forbids, and nothing else',
  () => {
    for (const folder of FOLDERS) mkdirSync(path.join(copy, folder));
    plant('db/store.ts', 'export const openStore = 1;\n');
    plant('lib/env.ts', 'export const env = 1;\n');
    plant(LEAF, 'export const leaf = 1;\n');
    plant('tests/planted.ts', 'export const leaf = 1;\n');
    plant('lib/planted/b.ts', "export { leaf } from './a';\n");
    for (const [, file, source] of BREACHES) plant(file, source);
    const said = check().trim().split('\n');
    for (const [rule, file, , to] of BREACHES)
      expect(toOf(said, `${rule}: ${file} -> `)).toContainEqual(expect.stringContaining(to));
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(
      new Set(forbidden.map(({ name }) => name)),
    );
    const others = said.filter(
      (line) =>
        !/planted/.test(line) && !BREACHES.some(([, file]) => line.includes(`: ${file} -> `)),
    );
    expect(others).toEqual([]);
  },
  SLOW_MS,
);

test(
  'the check fails when it does not see every source file',
  () => {
    for (const folder of FOLDERS) {
      mkdirSync(path.join(copy, folder));
      plant(`${folder}/one.ts`, 'export const one: number = 1;\n');
    }
    for (const file of ['middleware.ts', 'instrumentation.ts'])
      plant(file, "export { one } from './lib/one';\n");
    // As with an unsupported compiler: dependency-cruiser skips TypeScript.
    rmSync(path.join(copy, '.dependency-cruiser.cjs'));
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
    for (const folder of ['app', 'cli', 'components', 'lib/a', 'lib/b', 'db'])
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

const rows = Array.from(
  readFileSync('docs/architecture.md', 'utf8').matchAll(
    /^\| `([^`]+)` +\|([^|]*)\| ([^|]*?) *\|$/gm,
  ),
  ([, folder = '', what = '', imports = '']) => ({ folder, what, imports: quoted(imports) }),
);

function quoted(text: string): string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, name = '']) => name);
}

test('docs/architecture.md lists for each folder what it may import, as in the rules', () => {
  const files = [...new Set(Object.values(FILES).flat())].toSorted();
  expect(Object.fromEntries(rows.map(({ folder, imports }) => [folder, imports]))).toEqual({
    ...ROOMS,
    'lib/*.ts': files,
  });
});

test.each(rows.filter(({ folder }) => folder.endsWith('/')))(
  'docs/architecture.md names each folder in $folder',
  ({ folder, what }) => {
    const inside = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'fixtures')
      .map(({ name }) => `${name}/`)
      .filter((name) => !(`${folder}${name}` in ROOMS));
    expect(quoted(what)).toEqual(expect.arrayContaining(inside));
  },
);

test('the browser calls `fetch` in one place', () => {
  const callers = ['components', 'lib/client'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`)
      .filter((file) => /\bfetch\(/.test(readFileSync(file, 'utf8'))),
  );
  expect(callers).toEqual(['lib/client/net/call.ts']);
});
