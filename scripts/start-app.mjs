/** The steps of `npm start`. */
import { spawn } from 'node:child_process';
import { build, buildIsStale } from './steps/build.mjs';
import { loadEnvFilesOrEnd } from './steps/env-files.mjs';
import { install } from './steps/install.mjs';
import { at, chosenNode, fail, nodeBinary, projectEnv } from './steps/node.mjs';
import { leaveSignals } from './steps/run.mjs';
import { saying } from './steps/say.mjs';
import { SERVER_ARGS } from './steps/server.mjs';
import { useProxies } from './steps/way-out.mjs';

const LOOK_MS = 1000;

// Before all else: some of it is read by Node itself as it starts, and npm needs it behind a proxy.
loadEnvFilesOrEnd('production');
useProxies();
const toBuild = buildIsStale();
await install({ toBuild });
const { note } = chosenNode();
if (note) console.log(note);
if (toBuild) {
  const problem = await saying('Building (about a minute)', build);
  if (problem !== null) fail(`${problem}\nThe build failed.`);
}
console.log('Starting …');
serve();

function serve() {
  // With a channel between them, the server ends itself when this process is gone.
  const server = spawn(nodeBinary(), SERVER_ARGS, {
    cwd: at(),
    env: projectEnv(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  leaveSignals();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code ?? 1));
  if (process.env.npm_lifecycle_event === 'start') endWithParent(server);
}

/** npm, when killed, tells nobody; its child then has another parent. */
function endWithParent(server) {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    // Once: a second signal would end it at once.
    clearInterval(looking);
    server.kill('SIGTERM');
  }, LOOK_MS).unref();
}
