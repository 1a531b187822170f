import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { placeDiagrams } from '../diagrams/place.mjs';
import { at, nodeBinary, projectEnv } from './node.mjs';
import { run } from './run.mjs';
import { hashOf, isStale } from './stamp.mjs';

const BUILT_FROM = [
  'app',
  'components',
  'lib',
  'db',
  'drizzle',
  'public/pwa',
  'scripts/diagrams',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = at('.next', 'built-from');

function filesOf(relative) {
  if (!existsSync(at(relative))) return [];
  if (statSync(at(relative)).isFile()) return [relative];
  const names = readdirSync(at(relative)).toSorted();
  return names.flatMap((name) => filesOf(path.join(relative, name)));
}

function sourcesHash() {
  const sources = BUILT_FROM.flatMap(filesOf).filter((file) => !/\.test\.tsx?$/.test(file));
  return hashOf(...sources.flatMap((file) => [file, readFileSync(at(file))]));
}

/** Builds for production. Resolves with null, or with the output of a failed build. `show`: print it live. */
export async function build({ show = false } = {}) {
  placeDiagrams();
  const value = sourcesHash();
  // A failed build leaves files behind, but no stamp.
  rmSync(STAMP, { force: true });
  const { code, output } = await run(
    nodeBinary(),
    [at('node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    { show, env: projectEnv({ NODE_ENV: 'production' }) },
  );
  if (code !== 0) return output;
  writeFileSync(STAMP, value);
  return null;
}

/** True when there is no build of the current sources. Without sources, any build is current. */
export const buildIsStale = () =>
  existsSync(at('app')) ? isStale(STAMP, sourcesHash()) : !existsSync(STAMP);
