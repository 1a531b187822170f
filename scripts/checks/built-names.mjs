/**
 * Fails when the built program uses a name that nothing defines. The bundler's minifier once left the old name of a
 * function in a loop, which no test of the source can find.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTool } from '../steps/run.mjs';

/** Names that packages look for, or that the bundler's runtime defines. */
const GLOBALS = [
  'ActiveXObject Bun define Deno EdgeRuntime Prism TURBOPACK TURBOPACK_CHUNK_BASE_PATH',
  'TURBOPACK_NEXT_CHUNK_URLS _ENTRIES __REACT_DEVTOOLS_GLOBAL_HOOK__ __nccwpck_require__ msCrypto',
].flatMap((names) => names.split(' '));

// The linter skips what git ignores, so it reads a copy.
const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-built-'));
try {
  const isFolderOrScript = (file) => path.extname(file) === '' || file.endsWith('.js');
  for (const part of ['server', 'static'])
    cpSync(`.next/${part}`, path.join(folder, part), { recursive: true, filter: isFolderOrScript });
  const config = path.join(folder, 'oxlintrc.json');
  writeFileSync(
    config,
    JSON.stringify({
      plugins: [],
      categories: { correctness: 'off' },
      env: { builtin: true, node: true, browser: true, worker: true },
      globals: Object.fromEntries(GLOBALS.map((name) => [name, 'readonly'])),
      rules: { 'no-undef': 'error' },
    }),
  );
  const { code, output } = await runTool('oxlint', [
    `--config=${config}`,
    '--disable-nested-config',
    '--format=unix',
    folder,
  ]);
  console.log(output);
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true });
}
