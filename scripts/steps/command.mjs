/** Loads the `.env` files as the server does, and runs the command. */
import '../load-typescript.mjs';
import path from 'node:path';
import { loadEnvFilesOrEnd } from './env/env-files.mjs';
import { useProxies } from './env/outbound-proxy.mjs';
import { startAgainWith } from './env/start-again.mjs';
import { at } from './node.mjs';

// npm has changed the folder already, and says which one it was.
const folder = process.env.npm_command === 'run-script' ? process.env.INIT_CWD : undefined;
process.env.ASK_NEXT_FOLDER ??= folder ?? process.cwd();
// Relative paths in the configuration, and the `.env` files, are those of the server.
process.chdir(at());
startAgainWith([...loadEnvFilesOrEnd('production'), ...useProxies().names]);

const { logToStandardError } = await import('../../lib/log.ts');
logToStandardError();
const { runCommand } = await import('../../cli/run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  resolve: (file) => path.resolve(process.env.ASK_NEXT_FOLDER, file),
  now: () => new Date(),
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
