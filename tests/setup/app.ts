import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** The built program, running as its own process. */
export interface RunningApp {
  readonly url: string;
  readonly process: ChildProcess;
  /** All lines it wrote so far. */
  readonly lines: string[];
  /** The lines of its log, as objects, without what is not JSON. */
  logged(): Record<string, unknown>[];
  /** Ends it as an operator would; resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const READY = /ready on (http:\S+)/;

/** Starts it on a free port with this configuration and no other, and waits until it serves. */
export function startApp(configuration: Record<string, string>): Promise<RunningApp> {
  const lines: string[] = [];
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [path.resolve('scripts/serve.mjs')], {
    // NODE_ENV is the server's to set; Next's types want it said.
    env: { PATH, HOME, PORT: '0', ...configuration } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      const [, url] = READY.exec(chunk.toString()) ?? [];
      if (!url) return;
      resolve({
        url,
        process: child,
        lines,
        logged: () =>
          lines
            .filter((line) => line.startsWith('{'))
            .map((line) => JSON.parse(line) as Record<string, unknown>),
        stop: (signal = 'SIGTERM') => {
          child.kill(signal);
          return exited;
        },
      });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void exited.then((code) => {
      reject(new Error(`The server ended with ${String(code)}:\n${lines.join('\n')}`));
    });
  });
}
