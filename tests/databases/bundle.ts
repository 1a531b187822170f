import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** What CommonJS packages call, which a module does not have. */
const REQUIRE =
  "import { createRequire as requireAt } from 'node:module'; const require = requireAt(import.meta.url);";

/**
 * A script as one file: a process that loads the store as its hundreds of modules takes two seconds of computing more.
 * It stands inside the project, so that native packages are found.
 */
export async function bundled(script: string): Promise<{ file: string; remove: () => void }> {
  mkdirSync('test-results', { recursive: true });
  const folder = mkdtempSync(path.resolve('test-results/bundle-'));
  const file = path.join(folder, 'script.mjs');
  await build({
    entryPoints: [script],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', 'pg'],
    alias: {
      '@': path.resolve('.'),
      'server-only': path.resolve('node_modules/server-only/empty.js'),
    },
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
