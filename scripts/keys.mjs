/**
 * `npm run keys`: the API keys of a person, for the operator. A person is the name of an account, or an owner as in the
 * database, such as `proxy:ada`. Works while the server runs: what is revoked is refused at once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { openStore } from '../db/store.ts';
import { createKeyInput } from '../lib/accounts/keys/key.ts';
import { makeKey } from '../lib/accounts/keys/make-key.ts';
import { loginOf } from '../lib/accounts/person.ts';
import { ownerOfPerson } from '../lib/accounts/principal.ts';
import { SCOPES } from '../lib/accounts/scopes.ts';
import { readEnv } from '../lib/env.ts';
import { causesOf } from '../lib/errors.ts';
import { loadEnvFilesOrEnd } from './steps/env/env-files.mjs';

const USAGE = `npm run keys -- list <person>
npm run keys -- create <person> <name> <scopes, comma separated> [end, such as 2030-01-31T12:00:00Z]
npm run keys -- revoke <person> <id>
A person is the name of an account, or proxy: and the name that your proxy says. Scopes: ${SCOPES.join(', ')}.`;

const [command, person = '', ...more] = process.argv.slice(2);

const COMMANDS = {
  async list(keys, owner) {
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

  async create(keys, owner, [name, scopes = '', end]) {
    const now = new Date();
    const wish = { name, scopes: scopes.split(','), expires_at: end };
    const read = createKeyInput(now).safeParse(wish);
    if (!read.success) {
      const mistakes = read.error.issues.map(
        ({ path, message }) => `${String(path[0])}: ${message}`,
      );
      throw new Error([...new Set(mistakes)].join('\n'));
    }
    const maker = { owner, kind: 'user', scopes: SCOPES, role: 'member' };
    const deps = { newId: randomUUID, random: randomBytes, now, signIn: null };
    const { key, token } = makeKey(maker, read.data, deps);
    await keys.create(key);
    console.log(token);
  },

  async revoke(keys, owner, [id = '']) {
    await keys.revoke(owner, id);
    console.log(`${id} is revoked.`);
  },
};

/** Visitors have no keys, and those of API_KEYS are not in the store. */
async function ownerOf({ people }) {
  if (/^(proxy|user):./.test(person)) return person;
  const found = await people.passwordOf(loginOf(person));
  if (found) return ownerOfPerson(found.id);
  throw new Error(`There is no account with the name ${person}.`);
}

if (person === '' || !Object.hasOwn(COMMANDS, command)) {
  console.error(USAGE);
  process.exit(1);
}

loadEnvFilesOrEnd('production');
try {
  const store = await openStore(readEnv(process.env).DATABASE);
  const run = async () => COMMANDS[command](store.keys, await ownerOf(store.accounts), more);
  await run().finally(() => store.close());
} catch (error) {
  console.error(causesOf(error));
  process.exit(1);
}
