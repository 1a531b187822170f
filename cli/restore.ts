import { restore as restoreBackup } from '@/db/engine/copies/restore';
import type { BackupFacts } from '@/db/engine/copies/backup-facts';
import { readEnv, type Env } from '@/lib/env';
import { namedPositionals, type Command } from './command';

const HELP = `ask-next restore FILE [--replace]

Puts a backup, of either kind of database, in the place of the database. The server must be
stopped. Without --replace the database must be empty; with it, all that is there is lost. The
backup is checked before; if anything fails, or the power, nothing has changed.`;

export const restore: Command = {
  help: HELP,
  options: { replace: { type: 'boolean' } },
  async run({ positionals, options }, { env, resolve, print, complain }) {
    const file = resolve(namedPositionals(positionals, 'FILE').FILE);
    const settings = readEnv(env);
    const facts = await restoreBackup(file, settings.DATABASE, options['replace'] === true);
    const origin = facts ? `the backup of ${facts.madeAt} (version ${facts.version})` : 'the copy';
    print(`The database (${settings.DATABASE.dialect}) is that of ${origin}.`);
    const advice = adviceOnSecret(facts, settings);
    if (advice !== null) complain(advice);
    return 0;
  },
};

/** What else it takes, so that visitors keep their sessions; null: nothing. */
function adviceOnSecret(facts: BackupFacts | null, settings: Env): string | null {
  const secret = facts?.secret ?? null;
  if (secret === null)
    return 'The secret is not in it: visitors keep their sessions only with the APP_SECRET, or the file "secret" beside the database, of that time.';
  if (settings.APP_SECRET === undefined || settings.APP_SECRET === secret) return null;
  return settings.DATABASE.dialect === 'sqlite'
    ? 'APP_SECRET is set, and is not the secret of the backup: visitors keep their sessions only without it.'
    : 'APP_SECRET is not the secret of the backup, so visitors lose their sessions. To keep them, restore to SQLite first, set APP_SECRET to what is in the file "secret" beside it, and restore here again.';
}
