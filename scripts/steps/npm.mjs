import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BINS } from './node.mjs';
import { run } from './run.mjs';

const ARGUMENTS = [
  // Not `npm ci`: it deletes node_modules first, and without a network nothing would be left. Locked versions are
  // installed as locked.
  'install',
  '--no-save',
  // Not needed: native parts are prebuilt. Scripts would require a compiler, since npm 10 compiles every package with
  // a binding.gyp.
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

/** Installs the lock file in `cwd` with the Node in `nodeFolder`, not with the packaged one that npm may replace. */
export async function runNpm({ cwd, nodeFolder }) {
  const folders = process.env.PATH.split(path.delimiter).filter((folder) => folder !== BINS);
  const env = {
    ...process.env,
    PATH: [nodeFolder, ...folders].join(path.delimiter),
    // In production npm would omit development packages.
    NODE_ENV: 'development',
  };
  const npm = process.env.npm_execpath;
  const node = path.join(nodeFolder, process.platform === 'win32' ? 'node.exe' : 'node');
  return withCache(env, () =>
    npm && path.basename(npm) === 'npm-cli.js'
      ? run(node, [npm, ...ARGUMENTS], { env, cwd })
      : run('npm', ARGUMENTS, { env, cwd }),
  );
}

/** npm fails when it cannot write its cache, as in a read-only home: it then gets a temporary one. */
async function withCache(env, use) {
  if (canWrite(env.npm_config_cache ?? path.join(os.homedir(), '.npm'))) return use();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ask-next-npm-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  env.npm_config_cache = folder;
  try {
    return await use();
  } finally {
    remove();
  }
}

function canWrite(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
