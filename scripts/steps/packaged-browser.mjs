/** A Chromium from the package registry, for a machine that has none and reaches no other place. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGED_BROWSER } from '../browser.mjs';
import { hasGlibc, nodeBinary, projectEnv } from './node.mjs';
import { runNpm } from './npm.mjs';
import { run } from './run.mjs';

// Not among the packages of the project: it has 70 MB, and few need it.
const dependencies = { '@sparticuz/chromium': '153.0.0' };
const UNPACK = "(await import('@sparticuz/chromium')).default.executablePath()";

export async function installPackagedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !hasGlibc()) return;
  const unpacked = path.dirname(PACKAGED_BROWSER);
  const folder = path.dirname(unpacked);
  const TMPDIR = path.join(folder, 'half');
  mkdirSync(TMPDIR, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await runNpm({ cwd: folder, nodeFolder: path.dirname(nodeBinary()) });
  // It unpacks into the folder for temporary files; half a browser must not be found.
  const env = projectEnv({ TMPDIR });
  const { code } = await run(nodeBinary(), ['--input-type=module', '--eval', UNPACK], {
    cwd: folder,
    env,
  });
  if (code === 0) renameSync(TMPDIR, unpacked);
}
