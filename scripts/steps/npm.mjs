import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BINS } from './node.mjs';
import { run } from './run.mjs';

const ARGUMENTS = [
  // Not `npm ci`: that begins by deleting what is there, and without a network nothing would be left to start with.
  // What is locked is installed as locked.
  'install',
  '--no-save',
  // None is needed: what is native comes prebuilt. To run them would demand a compiler, since npm 10 compiles every
  // package that has a binding.gyp.
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

/** Installs in `cwd` what its lock file says, by the Node in `nodeFolder` and not by the one that is about to be replaced. */
export async function runNpm({ cwd, nodeFolder }) {
  const folders = process.env.PATH.split(path.delimiter).filter((folder) => folder !== BINS);
  const env = {
    ...process.env,
    PATH: [nodeFolder, ...folders].join(path.delimiter),
    // Else installed packages of development would be left out.
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

/** npm gives up when it cannot write its cache, as with a home that is read-only: it then gets one for this time. */
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
