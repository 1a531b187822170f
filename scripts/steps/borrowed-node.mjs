import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at, fail, hostNode, packagedNode, packagedNodeName } from './node.mjs';
import { runNpm } from './npm.mjs';

/**
 * Calls `use` with the folder of a Node outside of the node_modules that npm is about to replace, and as new as the one
 * that will run the app: npm silently skips optional packages, such as native parts, that its own Node is too old for.
 */
export async function withBorrowedNode(use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-node-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A signal ends the process without running `finally`.
  process.once('exit', remove);
  try {
    return await use(await nodeFolder(folder));
  } finally {
    remove();
  }
}

async function nodeFolder(folder) {
  const host = hostNode();
  if (host?.tested) return path.dirname(host.file);
  const installed = packagedNode();
  if (installed) {
    cpSync(installed, path.join(folder, path.basename(installed)));
    return folder;
  }
  const name = packagedNodeName();
  if (!name) return path.dirname(process.execPath);
  return download(name, folder);
}

/** Uses a lock file with one package, so that npm checks the download against our integrity hash. */
async function download(name, folder) {
  const locked = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages[
    `node_modules/${name}`
  ];
  const root = { name: 'node', version: '1.0.0', dependencies: { [name]: locked.version } };
  const lock = {
    name: 'node',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': root, [`node_modules/${name}`]: { ...locked, optional: undefined } },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(root));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  const { code, output } = await runNpm({
    cwd: folder,
    nodeFolder: path.dirname(process.execPath),
  });
  if (code !== 0) fail(`${output}\nNode could not be fetched. Check the network and try again.`);
  return path.join(folder, 'node_modules', name, 'bin');
}
