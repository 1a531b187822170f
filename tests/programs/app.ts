import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

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

/**
 * Starts it on a free port with this configuration and no other, and waits until it serves. `folder`: where it stands,
 * if not here.
 */
export function startApp(configuration: Record<string, string>, folder = '.'): Promise<RunningApp> {
  const lines: string[] = [];
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [path.resolve('scripts/serve.mjs')], {
    cwd: folder,
    // NODE_ENV is the server's to set; Next's types want it said.
    env: { PATH, HOME, PORT: '0', ...configuration } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return new Promise((resolve, reject) => {
    const take = (line: string) => {
      if (line) lines.push(line);
      const [, url] = READY.exec(line) ?? [];
      if (!url) return;
      resolve({
        url,
        process: child,
        lines,
        logged: () =>
          lines
            .filter((each) => each.startsWith('{'))
            .map((each) => JSON.parse(each) as Record<string, unknown>),
        stop: (signal = 'SIGTERM') => {
          child.kill(signal);
          return exited;
        },
      });
    };
    for (const output of [child.stdout, child.stderr])
      createInterface({ input: output }).on('line', take);
    void exited.then((code) => {
      reject(new Error(`The server ended with ${String(code)}:\n${lines.join('\n')}`));
    });
  });
}
