import { openStore, type Store } from '@/db/store';
import type { Accounts } from '@/lib/accounts/accounts';
import type { ListedPerson } from '@/lib/accounts/account-store';
import {
  loginOf,
  newLinkInput,
  ROLES_OF_PEOPLE,
  type LinkKind,
  type Role,
} from '@/lib/accounts/person';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { editPerson, removePerson } from '@/lib/accounts/manage-people';
import { accountsWithArgon2 } from '@/lib/accounts/with-argon2';
import { readEnv } from '@/lib/env';
import { failureOf } from '@/lib/errors';
import { Misuse, namedPositionals, type Command, type Context } from './command';

const HELP = `ask-next user list
ask-next user invite [NOTE]
ask-next user reset NAME
ask-next user role NAME ROLE
ask-next user sign-out NAME
ask-next user disable NAME
ask-next user enable NAME
ask-next user remove NAME --yes

The people of ACCESS=accounts, also while the server runs. NAME: the name to sign in with, or an
id. ROLE: ${ROLES_OF_PEOPLE.join(' or ')}. invite and reset print a link that works once. sign-out
ends every sign-in of a person, and revokes their API keys. disable also ends what runs, and nobody
can sign in to the account, or use its keys, until enable. remove deletes the account, and all its
sessions.`;

interface Deps {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly context: Context;
}

export const user: Command = {
  help: HELP,
  options: { yes: { type: 'boolean' } },
  async run({ positionals: [verb, ...positionals], options }, context) {
    const act = verb !== undefined && Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!act) throw new Misuse(`user: ${Object.keys(VERBS).join(', ')}`);
    if (verb === 'remove' && options['yes'] !== true)
      throw new Misuse('remove deletes everything that the person has: add --yes');
    const { DATABASE, SIGN_UP } = readEnv(context.env);
    const store = await openStore(DATABASE);
    const accounts = accountsWithArgon2(store.accounts, {
      signUp: () => SIGN_UP,
      isPrivate: false,
    });
    await act({ store, accounts, context }, positionals).finally(() => store.close());
    return 0;
  },
};

const VERBS: Readonly<
  Record<string, (deps: Deps, positionals: readonly string[]) => Promise<void>>
> = {
  list,
  invite,
  reset,
  role,
  'sign-out': signOut,
  disable: (deps, positionals) => setDisabled(deps, positionals, true),
  enable: (deps, positionals) => setDisabled(deps, positionals, false),
  remove,
};

async function list({ store, context }: Deps, positionals: readonly string[]): Promise<void> {
  namedPositionals(positionals);
  for (const person of await store.accounts.people.list()) {
    const { id, name, role: has, createdAt, seenAt, disabledAt } = person;
    context.print(
      [
        id,
        name,
        has,
        `since ${createdAt.toISOString()}`,
        `seen ${seenAt?.toISOString() ?? 'never'}`,
        ...(disabledAt ? [`disabled ${disabledAt.toISOString()}`] : []),
      ].join('\t'),
    );
  }
}

async function invite(deps: Deps, positionals: readonly string[]): Promise<void> {
  const [note, ...extra] = positionals;
  namedPositionals(extra);
  await printLink(deps, 'invitation', null, note ?? null);
}

async function reset(deps: Deps, positionals: readonly string[]): Promise<void> {
  const person = await personNamed(deps, namedPositionals(positionals, 'NAME').NAME);
  await printLink(deps, 'reset', person.id, null);
}

const PAGES = { invitation: 'sign-up', reset: 'reset' };

async function printLink(
  { accounts, context }: Deps,
  kind: Exclude<LinkKind, 'device'>,
  personId: string | null,
  note: string | null,
): Promise<void> {
  const { note: checked = null } = newLinkInput.parse({ kind, note: note ?? undefined });
  const link = await accounts.makeLink({
    kind,
    personId,
    madeBy: null,
    signIn: null,
    note: checked,
  });
  context.print(`/${PAGES[kind]}#${link.token}`);
  context.complain(
    `Put the server's address before it. It works once, until ${link.endsAt.toISOString()}.`,
  );
}

async function role(deps: Deps, positionals: readonly string[]): Promise<void> {
  const { NAME, ROLE } = namedPositionals(positionals, 'NAME', 'ROLE');
  const isRole = (word: string): word is Role =>
    (ROLES_OF_PEOPLE as readonly string[]).includes(word);
  if (!isRole(ROLE)) throw new Misuse(`ROLE must be ${ROLES_OF_PEOPLE.join(' or ')}`);
  const person = await personNamed(deps, NAME);
  await edit(deps, { id: person.id, role: ROLE });
  deps.context.print(`${person.name} is ${ROLE === 'operator' ? 'an operator' : 'a member'}.`);
}

async function signOut(
  { store, context, ...rest }: Deps,
  positionals: readonly string[],
): Promise<void> {
  const person = await personNamed(
    { store, context, ...rest },
    namedPositionals(positionals, 'NAME').NAME,
  );
  const owner = ownerOfPerson(person.id);
  await store.accounts.signIns.revokeOthers(person.id, null);
  for (const { id } of await store.keys.list(owner))
    await store.keys.revoke(owner, id).catch((thrown: unknown) => {
      // One that went meanwhile must not keep the others valid.
      if (failureOf(thrown).kind !== 'not-found') throw thrown;
    });
  context.print(`${person.name} is signed out everywhere, and has no API keys.`);
}

async function remove(deps: Deps, positionals: readonly string[]): Promise<void> {
  const { store, context } = deps;
  const person = await personNamed(deps, namedPositionals(positionals, 'NAME').NAME);
  const stopTurns = stopTurnsIn(store);
  await removePerson({ store, stopTurns }, { id: person.id, now: context.now() }, null);
  context.print(`${person.name} is removed.`);
}

async function setDisabled(
  deps: Deps,
  positionals: readonly string[],
  disabled: boolean,
): Promise<void> {
  const person = await personNamed(deps, namedPositionals(positionals, 'NAME').NAME);
  await edit(deps, { id: person.id, disabled });
  deps.context.print(
    disabled
      ? `${person.name} is signed out everywhere, and cannot sign in or use API keys.`
      : `${person.name} can sign in again, and use the API keys from before.`,
  );
}

async function edit(
  { store, context }: Deps,
  change: { readonly id: string; readonly role?: Role; readonly disabled?: boolean },
): Promise<void> {
  const deps = { people: store.accounts.people, stopTurns: stopTurnsIn(store) };
  await editPerson(deps, { ...change, now: context.now() }, null);
}

/** The process that runs a turn finds it stopped. */
const stopTurnsIn = (store: Store) => async (owner: string) => {
  for (const id of await store.turns.runningIn(owner)) await store.turns.requestStop(owner, id);
};

/** Throws when there is none. */
async function personNamed({ store }: Deps, name: string): Promise<ListedPerson> {
  const people = await store.accounts.people.list();
  const byLogin = await store.accounts.people.passwordOf(loginOf(name));
  const found = people.find(({ id }) => id === name || id === byLogin?.id);
  if (found) return found;
  throw new Error(
    `There is no account with the name or id "${name}". ask-next user list lists all.`,
  );
}
