/** Runs commands. A signal to this process is forwarded to them, then ends this process. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { at, BINS, projectEnv } from './node.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM'];
const running = new Set();
let endedBy = null;
for (const signal of SIGNALS) process.on(signal, end);

function end(signal) {
  endedBy = signal;
  for (const child of running) child.kill(signal);
  if (running.size === 0) exit();
}

const exit = () => process.exit(128 + constants.signals[endedBy]);

/** Leaves the handling of signals to the caller. */
export function ignoreSignals() {
  for (const signal of SIGNALS) process.off(signal, end);
}

/**
 * Runs a command and resolves with its exit code and output. `show`: print the output live instead. Never rejects; does
 * not resolve after a signal.
 */
export function run(command, args, { show = false, env = projectEnv(), cwd = at() } = {}) {
  const script = process.platform === 'win32' && !command.endsWith('.exe');
  return new Promise((resolve) => {
    const child = spawn(script ? `"${command}"` : command, args, {
      cwd,
      env,
      shell: script,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => finish(1, error.message));
    child.on('close', (code, signal) => finish(code ?? 1, signal ? `ended by ${signal}` : ''));
    function finish(code, note) {
      running.delete(child);
      if (!endedBy) resolve({ code, output: output + note });
      else if (running.size === 0) exit();
    }
  });
}

/** Runs one of the project's own tools, such as `tsc`. */
export const runTool = (name, args, options) =>
  run(path.join(BINS, process.platform === 'win32' ? `${name}.cmd` : name), args, options);
