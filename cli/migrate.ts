import { migrate } from '@/db/engine/migrate';
import { readEnv } from '@/lib/env';
import { namedPositionals, type Command } from './command';

const HELP = `ask-next migrate

Brings the database up to this version. The server also does so at its start.`;

export const migrateCommand: Command = {
  help: HELP,
  async run({ positionals }, { env, print }) {
    namedPositionals(positionals);
    const { DATABASE } = readEnv(env);
    await migrate(DATABASE);
    print(`The database (${DATABASE.dialect}) is up to date.`);
    return 0;
  },
};
