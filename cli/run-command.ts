import { parseArgs } from 'node:util';
import { causesOf, AppError } from '@/lib/errors';
import { apiSentence } from '@/lib/texts/api-errors';
import { Misuse, type Command, type Context } from './command';
import { COMMANDS, isCommand } from './commands';

const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

/** Runs a command line; resolves with the exit code. */
export async function runCommand(line: readonly string[], context: Context): Promise<number> {
  const [name = '--help', ...rest] = line;
  if (name === '--help' || name === '-h' || name === 'help') {
    context.print(overview());
    return DONE;
  }
  if (!isCommand(name)) {
    context.complain(`There is no command "${name}". ask-next --help lists them.`);
    return MISUSED;
  }
  try {
    return await run(await COMMANDS[name].load(), rest, context);
  } catch (thrown) {
    if (!isMisuse(thrown)) {
      context.complain(sentenceOf(thrown));
      return FAILED;
    }
    context.complain(`${withoutHint(thrown.message)}. ask-next ${name} --help says what to write.`);
    return MISUSED;
  }
}

async function run(command: Command, line: readonly string[], context: Context): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...line],
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const { help, ...options } = values as Record<string, string | boolean | undefined>;
  if (help !== true) return command.run({ positionals, options }, context);
  context.print(command.help);
  return DONE;
}

const isMisuse = (thrown: unknown): thrown is Error =>
  thrown instanceof Misuse ||
  (thrown instanceof Error &&
    'code' in thrown &&
    String(thrown.code).startsWith('ERR_PARSE_ARGS_'));

/** Node adds what to do about a word that begins with a hyphen. */
const withoutHint = (message: string): string => message.split('. ')[0] ?? message;

/** Of our own errors, the sentence; of others, also what caused them. */
function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof AppError)) return causesOf(thrown);
  const { failure } = thrown;
  if (failure.kind === 'invalid' && failure.details)
    return failure.details.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('\n');
  return failure.kind === 'unavailable' ? causesOf(thrown.cause) : apiSentence(failure);
}

function overview(): string {
  const names = Object.entries(COMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(9)}${summary}`,
  );
  return `ask-next COMMAND

${names.join('\n')}

ask-next COMMAND --help says more. Settings come from the environment and the .env files of
the program's folder, as for the server. Exit codes: 0 done, 1 failed, 2 not understood.`;
}
