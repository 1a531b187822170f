/**
 * `npm run keys`: the API keys of a person, for the operator. An owner is as in the database, such as `proxy:ada`. Works
 * while the server runs: what is revoked is refused at once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { openStore } from '../db/store.ts';
import { createKeyInput } from '../lib/accounts/keys/key.ts';
import { makeKey } from '../lib/accounts/keys/make-key.ts';
import { SCOPES } from '../lib/accounts/scopes.ts';
import { readEnv } from '../lib/env.ts';
import { causesOf } from '../lib/errors.ts';
import { loadEnvFilesOrEnd } from './steps/env/env-files.mjs';

const USAGE = `npm run keys -- list <owner>
npm run keys -- create <owner> <name> <scopes, comma separated> [end, such as 2030-01-31T12:00:00Z]
npm run keys -- revoke <owner> <id>
An owner is a person as in the database, such as proxy:ada. Scopes: ${SCOPES.join(', ')}.`;

const [command, owner = '', ...more] = process.argv.slice(2);

const COMMANDS = {
  async list(keys) {
    for (const { id, name, scopes, expiresAt, lastUsedAt } of await keys.list(owner))
      console.log(
        [
          id,
          name,
          scopes.join(','),
          `ends ${expiresAt?.toISOString() ?? 'never'}`,
          `used ${lastUsedAt?.toISOString() ?? 'never'}`,
        ].join('\t'),
      );
  },

  async create(keys, [name, scopes = '', end]) {
    const now = new Date();
    const wish = { name, scopes: scopes.split(','), expires_at: end };
    const read = createKeyInput(now).safeParse(wish);
    if (!read.success) {
      const mistakes = read.error.issues.map(
        ({ path, message }) => `${String(path[0])}: ${message}`,
      );
      throw new Error([...new Set(mistakes)].join('\n'));
    }
    const person = { owner, kind: 'user', scopes: SCOPES, role: 'member' };
    const deps = { newId: randomUUID, random: randomBytes, now, signIn: null };
    const { key, token } = makeKey(person, read.data, deps);
    await keys.create(key);
    console.log(token);
  },

  async revoke(keys, [id = '']) {
    await keys.revoke(owner, id);
    console.log(`${id} is revoked.`);
  },
};

// Visitors have no keys, and those of API_KEYS are not in the store.
const isPerson = /^(?!key:)[a-z]+:./.test(owner);
if (!isPerson || !Object.hasOwn(COMMANDS, command)) {
  console.error(USAGE);
  process.exit(1);
}

loadEnvFilesOrEnd('production');
try {
  const store = await openStore(readEnv(process.env).DATABASE);
  await COMMANDS[command](store.keys, more).finally(() => store.close());
} catch (error) {
  console.error(causesOf(error));
  process.exit(1);
}
