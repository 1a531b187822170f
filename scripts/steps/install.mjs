import { withBorrowedNode } from './borrowed-node.mjs';
import { isInstalled } from './installed.mjs';
import { at, fail, linkNode } from './node.mjs';
import { runNpm } from './npm.mjs';
import { saying } from './say.mjs';

/** Installs what package-lock.json names, unless all of it is there, or what is there is enough to serve a build. */
export async function install({ toBuild = true } = {}) {
  if (isInstalled({ toBuild })) return;
  const { code, output } = await saying(
    'Installing packages (a minute or two the first time)',
    () => withBorrowedNode((nodeFolder) => runNpm({ cwd: at(), nodeFolder })),
  );
  if (code !== 0)
    fail(`${output}\nThe packages could not be installed. Check the network and try again.`);
  linkNode();
}
