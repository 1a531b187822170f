import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The built app, running as its own process. */
export interface RunningApp {
  readonly url: string;
  readonly process: ChildProcess;
  /** All output lines so far. */
  readonly lines: string[];
  /** The JSON lines of its log, parsed. */
  logged(): Record<string, unknown>[];
  /** Sends a signal, by default as an operator would; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `tests/conformance/warm-app.ts` fills it. */
export const COMPILE_CACHE = path.resolve('node_modules/.cache/node-compile');

const READY = /ready on (http:\S+)/;

/**
 * Starts the app on a free port with exactly this configuration, and waits until it serves. `folder`: the app's folder,
 * if not this one.
 */
export function startApp(configuration: Record<string, string>, folder = '.'): Promise<RunningApp> {
  const lines: string[] = [];
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [path.resolve('scripts/serve.mjs')], {
    cwd: folder,
    // The server sets NODE_ENV itself, but Next's types require it here.
    env: {
      PATH,
      HOME,
      PORT: '0',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...configuration,
    } as unknown as NodeJS.ProcessEnv,
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
