import { randomBytes, randomUUID } from 'node:crypto';
import { openStore, type Store } from '@/db/store';
import { createKeyInput } from '@/lib/accounts/keys/key';
import type { KeyStore } from '@/lib/accounts/keys/key-store';
import { makeKey } from '@/lib/accounts/keys/make-key';
import { loginOf } from '@/lib/accounts/person';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { SCOPES } from '@/lib/accounts/scopes';
import { readEnv } from '@/lib/env';
import { Misuse, namedPositionals, type Command, type Context } from './command';

const HELP = `ask-next key list PERSON
ask-next key create PERSON NAME SCOPES [END]
ask-next key revoke PERSON ID

The API keys of a person, also while the server runs: a revoked key is refused at once.
PERSON: the name of an account, or proxy: and the name that your proxy says. SCOPES: ${SCOPES.join(', ')}, comma
separated. END: such as 2030-01-31T12:00:00Z. A new key is printed once.`;

export const key: Command = {
  help: HELP,
  async run({ positionals: [verb, person = '', ...more] }, context) {
    const act = verb !== undefined && Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!act) throw new Misuse(`key: ${Object.keys(VERBS).join(', ')}`);
    if (person === '')
      throw new Misuse('PERSON must be the name of an account, or such as proxy:ada');
    const store = await openStore(readEnv(context.env).DATABASE);
    try {
      await act(store.keys, { owner: await ownerOf(store, person), more }, context);
    } finally {
      await store.close();
    }
    return 0;
  },
};

/** Visitors have no keys, and those of API_KEYS are not in the store. */
async function ownerOf({ accounts }: Store, person: string): Promise<string> {
  if (/^(proxy|user):./.test(person)) return person;
  const found = await accounts.people.passwordOf(loginOf(person));
  if (found) return ownerOfPerson(found.id);
  throw new Error(`There is no account with the name ${person}.`);
}

interface Target {
  readonly owner: string;
  readonly more: readonly string[];
}

const VERBS: Readonly<
  Record<string, (keys: KeyStore, target: Target, context: Context) => Promise<void>>
> = { list, create, revoke };

async function list(keys: KeyStore, { owner, more }: Target, { print }: Context): Promise<void> {
  namedPositionals(more);
  for (const { id, name, scopes, expiresAt, lastUsedAt } of await keys.list(owner))
    print(
      [
        id,
        name,
        scopes.join(','),
        `ends ${expiresAt?.toISOString() ?? 'never'}`,
        `used ${lastUsedAt?.toISOString() ?? 'never'}`,
      ].join('\t'),
    );
}

async function create(keys: KeyStore, target: Target, context: Context): Promise<void> {
  const [name, scopes = '', end, ...extra] = target.more;
  namedPositionals(extra);
  const now = context.now();
  const read = createKeyInput(now).safeParse({ name, scopes: scopes.split(','), expires_at: end });
  if (!read.success) {
    const mistakes = read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
    throw new Misuse([...new Set(mistakes)].join('; '));
  }
  const maker = { owner: target.owner, kind: 'user', scopes: SCOPES, role: 'member' } as const;
  const deps = { newId: randomUUID, random: randomBytes, now, signIn: null };
  const made = makeKey(maker, read.data, deps);
  await keys.create(made.key);
  context.print(made.token);
}

async function revoke(keys: KeyStore, { owner, more }: Target, { print }: Context): Promise<void> {
  const { ID } = namedPositionals(more, 'ID');
  await keys.revoke(owner, ID);
  print(`${ID} is revoked.`);
}
