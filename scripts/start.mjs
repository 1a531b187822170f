/** `npm start`: installs, builds if something changed, and serves. Migrations are applied as the server starts. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, demandNode, fail, install, nodeBinary, projectEnv, ROOT } from './steps.mjs';

demandNode();
void main();

async function main() {
  await install();
  console.log('Building, unless nothing changed …');
  const problem = await build();
  if (problem) fail(`${problem}\nThe build failed.`);
  console.log('Starting …');
  serve();
}

/** With a channel between them, neither process outlives the other. */
function serve() {
  const server = spawn(nodeBinary(), [path.join(ROOT, 'scripts', 'serve.mjs')], {
    cwd: ROOT,
    env: projectEnv({}),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  process.removeAllListeners('SIGINT');
  process.removeAllListeners('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code === null ? 1 : code));
}
