import { move as moveDatabase } from '@/db/engine/copies/move';
import { readEnv, type Env } from '@/lib/env';
import { readDatabase, secretFileOf } from '@/lib/env/database';
import { Misuse, namedPositionals, type Command } from './command';

const HELP = `ask-next move --to URI

Copies everything from the database of the settings into another, empty one, and compares each
table. URI: as in DATABASE_URI. What is written meanwhile is not moved: stop the server first.
Then set DATABASE_URI, and start the server. If it is interrupted, the target is still empty. Each
line of the output has a table, its rows and their checksum. The server makes the search index
again, in the background.`;

export const move: Command = {
  help: HELP,
  options: { to: { type: 'string' } },
  async run({ positionals, options }, { env, print, complain }) {
    namedPositionals(positionals);
    if (typeof options['to'] !== 'string') throw new Misuse('--to URI is missing');
    const settings = readEnv(env);
    const to = readDatabase(options['to']);
    if (to === null) throw new Misuse('--to must start with sqlite:///, file: or postgres://');
    await moveDatabase(settings.DATABASE, to, ({ table, rows, sum }) => {
      print(`${table}\t${String(rows)}\t${sum}`);
    });
    complain(`Everything is copied and compared. ${adviceOnSecret(settings, to.dialect)}`);
    return 0;
  },
};

function adviceOnSecret({ APP_SECRET, DATABASE }: Env, to: 'sqlite' | 'postgres'): string {
  const next = 'Now set DATABASE_URI to the new one';
  if (APP_SECRET !== undefined) return `${next}, and keep APP_SECRET as it is.`;
  if (DATABASE.dialect !== 'sqlite') return `${next}.`;
  const secret = secretFileOf(DATABASE.file);
  return to === 'sqlite'
    ? `${next}, and copy ${secret} beside it.`
    : `${next}, and APP_SECRET to what is in ${secret}: visitors keep their sessions by it.`;
}
