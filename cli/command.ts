import type { ParseArgsConfig } from 'node:util';

/** What commands get from their process. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The absolute path of a file as the operator wrote it. */
  readonly resolve: (file: string) => string;
  readonly now: () => Date;
  /** Writes a line to standard output, for people and programs to read. */
  readonly print: (line: string) => void;
  /** Writes a line to standard error. */
  readonly complain: (line: string) => void;
}

/** The arguments after the command's name. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface Command {
  /** What `--help` prints: the forms of the command, then what it does. */
  readonly help: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** Resolves with the exit code. Throws `Misuse` for arguments that it does not understand. */
  run(args: Arguments, context: Context): Promise<number>;
}

/** The command was not understood; the message says what to write. */
export class Misuse extends Error {}

/** The positional arguments by name. Throws `Misuse` for another number of them. */
export function namedPositionals<Name extends string>(
  positionals: readonly string[],
  ...names: readonly Name[]
): Record<Name, string> {
  if (positionals.length < names.length)
    throw new Misuse(`${String(names[positionals.length])} is missing`);
  const extra = positionals[names.length];
  if (extra !== undefined) throw new Misuse(`"${extra}" is one word too many`);
  return Object.fromEntries(names.map((name, n) => [name, positionals[n]])) as Record<Name, string>;
}
