import { spawn } from 'node:child_process';
import process from 'node:process';
import { namedPositionals, type Command } from './command';

const HELP = `ask-next serve

Starts the server, as the last step of npm start does. Needs a finished build (npm run build), and
installs and builds nothing. HOST and PORT say where it listens.`;

/** docs/decisions/006-frames-under-load.md says why the young generation is small. */
const SERVER = ['--max-semi-space-size=8', 'scripts/serve.mjs'];

export const serve: Command = {
  help: HELP,
  async run({ positionals }) {
    namedPositionals(positionals);
    const [node = 'node'] = process.argv;
    // In this process, so that signals reach the server. Windows cannot.
    if (process.platform !== 'win32') process.execve?.(node, [node, ...SERVER], process.env);
    const server = spawn(node, SERVER, { stdio: 'inherit' });
    return new Promise((resolve) => server.on('exit', (code) => resolve(code ?? 1)));
  },
};
