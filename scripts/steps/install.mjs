import { readFileSync, writeFileSync } from 'node:fs';
import { at, fail, hostEnv, removeUnusableNode } from './node.mjs';
import { run } from './run.mjs';
import { saying } from './say.mjs';
import { hashOf, isStale } from './stamp.mjs';

/**
 * No install script is needed: what is native comes prebuilt in its package. To run them would demand a compiler,
 * since npm 10 compiles every package that has a binding.gyp.
 */
const NPM_INSTALL = [
  // Not `npm ci`: that refuses a lock file that lacks the native packages of one platform among many, as it does
  // when it was written on a machine whose registry did not have them. What is locked is installed as locked.
  'install',
  '--no-save',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

/** Installs what package-lock.json names, unless that was done. */
export async function install() {
  const stamp = at('node_modules', '.installed');
  const value = hashOf(readFileSync(at('package-lock.json')), process.platform, process.arch);
  if (!isStale(stamp, value)) return;
  // Not by the Node in node_modules, which is about to be replaced.
  const { code, output } = await saying(
    'Installing packages (a minute or two the first time)',
    () => run('npm', NPM_INSTALL, { env: hostEnv() }),
  );
  if (code !== 0)
    fail(`${output}\nThe packages could not be installed. Check the network and try again.`);
  removeUnusableNode();
  writeFileSync(stamp, value);
}
