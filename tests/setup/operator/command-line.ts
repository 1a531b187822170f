import path from 'node:path';
import { runCommand } from '@/cli/run-command';

/** What a command printed, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/** Runs commands in this process, with exactly these settings; files are relative to `folder`. */
export const commandLine =
  (env: Readonly<Record<string, string>>, folder = '.') =>
  async (...line: string[]): Promise<Outcome> => {
    const [out, said]: [string[], string[]] = [[], []];
    const code = await runCommand(line, {
      env,
      resolve: (file) => path.resolve(folder, file),
      now: () => new Date(),
      print: (text) => out.push(text),
      complain: (text) => said.push(text),
    });
    return { code, out: out.join('\n'), said: said.join('\n') };
  };
