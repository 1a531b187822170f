/** The steps of `npm start`. */
import { spawn } from 'node:child_process';
import { build, buildIsStale } from './steps/build.mjs';
import { loadEnvFilesOrEnd } from './steps/env/env-files.mjs';
import { install } from './steps/install.mjs';
import { at, chosenNode, fail, nodeBinary, projectEnv } from './steps/node.mjs';
import { ignoreSignals } from './steps/run.mjs';
import { withProgress } from './steps/progress.mjs';
import { SERVER_ARGS } from './steps/server.mjs';
import { useProxies } from './steps/env/outbound-proxy.mjs';

const LOOK_MS = 1000;

// First of all: Node reads some variables at its start, and npm needs them behind a proxy.
loadEnvFilesOrEnd('production');
useProxies();
const toBuild = buildIsStale();
await install({ toBuild });
const { note } = chosenNode();
if (note) console.log(note);
if (toBuild) {
  const problem = await withProgress('Building (about a minute)', build);
  if (problem !== null) fail(`${problem}\nThe build failed.`);
}
console.log('Starting …');
serve();

function serve() {
  // With an IPC channel, the server shuts down when this process exits.
  const server = spawn(nodeBinary(), SERVER_ARGS, {
    cwd: at(),
    env: projectEnv(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  ignoreSignals();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code ?? 1));
  if (process.env.npm_lifecycle_event === 'start') endWithParent(server);
}

/** A killed npm does not signal its child; the child then has another parent. */
function endWithParent(server) {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    // Only once: a second signal would kill it.
    clearInterval(looking);
    server.kill('SIGTERM');
  }, LOOK_MS).unref();
}
