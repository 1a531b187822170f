import { withBorrowedNode } from './borrowed-node.mjs';
import { isInstalled } from './installed.mjs';
import { at, fail, linkNode } from './node.mjs';
import { runNpm } from './npm.mjs';
import { withProgress } from './progress.mjs';

/** Installs the packages of package-lock.json, unless those that are needed to build or serve are installed. */
export async function install({ toBuild = true } = {}) {
  if (isInstalled({ toBuild })) return;
  const { code, output } = await withProgress(
    'Installing packages (a minute or two the first time)',
    () => withBorrowedNode((nodeFolder) => runNpm({ cwd: at(), nodeFolder })),
  );
  if (code !== 0)
    fail(`${output}\nThe packages could not be installed. Check the network and try again.`);
  linkNode();
}
