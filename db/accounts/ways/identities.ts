import { and, eq } from 'drizzle-orm';
import type { NewBrowser, NewPerson } from '@/lib/accounts/account-store';
import type { Identity } from '@/lib/accounts/ways/identity';
import type { IdentityStore } from '@/lib/accounts/ways/way-store';
import { AppError } from '@/lib/errors';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { addPerson } from '../add-person';
import { insertSignIn } from '../sign-ins';
import { lockMaker, lockPerson } from '../lock-maker';
import { keepOneWay } from './ways-of';

export const identityStore = (db: Db): IdentityStore => ({
  enter: (identity, browser) =>
    db.transaction((query) => enter(query, db.tables, identity, browser)),
  async join(identity, person, browser) {
    // Of two first accounts at once one is refused; it then is no longer the first.
    for (;;) {
      const joined = await db.transaction((query) =>
        join(query, db.tables, { identity, person, browser }),
      );
      if (joined !== null) return joined;
    }
  },
  async connect(identity, by) {
    await db.transaction(async (query) => {
      await lockMaker(query, db.tables, by);
      await insertIdentity(query, db.tables, { identity, ...by });
    });
  },
  async disconnect(personId, issuer) {
    const { identities } = db.tables;
    await db.transaction(async (query) => {
      await lockPerson(query, db.tables, personId);
      const deleted = await query
        .delete(identities)
        .where(and(eq(identities.personId, personId), eq(identities.issuer, issuer)))
        .returning({ subject: identities.subject });
      if (deleted.length === 0) throw new AppError({ kind: 'not-found', reason: 'provider' });
      await keepOneWay(query, db.tables, personId, issuer);
    });
  },
});

async function enter(
  query: Queries,
  tables: Tables,
  identity: Identity,
  browser: NewBrowser,
): Promise<string | null> {
  const personId = await personOf(query, tables, identity);
  if (personId === null) return null;
  await lockPerson(query, tables, personId);
  // It may have been disconnected while this waited.
  if ((await personOf(query, tables, identity)) !== personId) return null;
  await insertSignIn(query, tables, { ...browser, personId });
  return personId;
}

async function personOf(
  query: Queries,
  { identities }: Tables,
  { issuer, subject }: Identity,
): Promise<string | null> {
  const [row] = await query
    .select({ personId: identities.personId })
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  return row?.personId ?? null;
}

interface Joining {
  readonly identity: Identity;
  readonly person: NewPerson;
  readonly browser: NewBrowser;
}

async function join(
  query: Queries,
  tables: Tables,
  { identity, person, browser }: Joining,
): Promise<string | null> {
  const added = await addPerson(query, tables, person);
  if (!added) return null;
  await insertIdentity(query, tables, { identity, personId: added.id, now: person.now });
  await insertSignIn(query, tables, { ...browser, personId: added.id });
  return added.id;
}

async function insertIdentity(
  query: Queries,
  { identities }: Tables,
  {
    identity: { issuer, subject },
    personId,
    now,
  }: { readonly identity: Identity; readonly personId: string; readonly now: Date },
): Promise<void> {
  const inserted = await query
    .insert(identities)
    .values({ issuer, subject, personId, createdAt: now })
    .onConflictDoNothing()
    .returning({ subject: identities.subject });
  if (inserted.length === 0) throw new AppError({ kind: 'conflict', reason: 'connected' });
}
