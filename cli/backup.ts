import { readFileSync, statSync } from 'node:fs';
import { backUp } from '@/db/engine/copies/backup';
import { readEnv, type Env } from '@/lib/env';
import { secretFileOf } from '@/lib/env/database';
import manifest from '@/package.json';
import { namedPositionals, type Command } from './command';

const HELP = `ask-next backup FILE

Copies the database into a new file that only you can read, as it is at one moment, also while the
server runs. It is an SQLite file, whichever database it is of, and ask-next restore reads it. The
secret beside an SQLite database is in it; APP_SECRET and other settings are not.`;

export const backup: Command = {
  help: HELP,
  async run({ positionals }, { env, resolve, now, print, complain }) {
    const file = resolve(namedPositionals(positionals, 'FILE').FILE);
    const settings = readEnv(env);
    const secret = secretBeside(settings);
    const madeAt = now().toISOString();
    await backUp(settings.DATABASE, file, { secret, madeAt, version: manifest.version });
    print(`${file}: ${String(statSync(file).size)} bytes, checked`);
    if (settings.APP_SECRET !== undefined)
      complain('APP_SECRET is not in it: keep it with your other settings, in another place.');
    return 0;
  },
};

/** Null where APP_SECRET is set, or no server has started yet. */
function secretBeside({ APP_SECRET, DATABASE }: Env): string | null {
  if (APP_SECRET !== undefined || DATABASE.dialect !== 'sqlite') return null;
  try {
    return readFileSync(secretFileOf(DATABASE.file), 'utf8');
  } catch (failed) {
    if ((failed as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw failed;
  }
}
