import { readFileSync, writeFileSync } from 'node:fs';
import { withBorrowedNode } from './borrowed-node.mjs';
import { at, fail, linkNode } from './node.mjs';
import { runNpm } from './npm.mjs';
import { saying } from './say.mjs';
import { hashOf, isStale } from './stamp.mjs';

/** Installs what package-lock.json names, unless that was done. */
export async function install() {
  const stamp = at('node_modules', '.installed');
  const value = hashOf(readFileSync(at('package-lock.json')), process.platform, process.arch);
  if (!isStale(stamp, value)) return;
  const { code, output } = await saying(
    'Installing packages (a minute or two the first time)',
    () => withBorrowedNode((nodeFolder) => runNpm({ cwd: at(), nodeFolder })),
  );
  if (code !== 0)
    fail(`${output}\nThe packages could not be installed. Check the network and try again.`);
  linkNode();
  writeFileSync(stamp, value);
}
