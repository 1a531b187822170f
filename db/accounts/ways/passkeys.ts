import { and, asc, count, eq, lt } from 'drizzle-orm';
import { PASSKEYS_MAX } from '@/lib/accounts/ways/passkey';
import type { Adding, PasskeyStore } from '@/lib/accounts/ways/way-store';
import { AppError } from '@/lib/errors';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { insertSignIn } from '../sign-ins';
import { lockMaker, lockPerson } from '../lock-maker';
import { keepOneWay } from './ways-of';

export function passkeyStore(db: Db): PasskeyStore {
  const { passkeys } = db.tables;
  return {
    async add(passkey, by) {
      await db.transaction((query) => addPasskey(query, db.tables, passkey, by));
    },
    list: (personId) =>
      db.read((query) =>
        query
          .select({
            id: passkeys.id,
            name: passkeys.name,
            credentialId: passkeys.credentialId,
            createdAt: passkeys.createdAt,
            usedAt: passkeys.usedAt,
          })
          .from(passkeys)
          .where(eq(passkeys.personId, personId))
          .orderBy(asc(passkeys.createdAt), passkeys.id),
      ),
    async byCredential(credentialId) {
      const [row] = await db.read((query) =>
        query
          .select({
            id: passkeys.id,
            personId: passkeys.personId,
            credentialId: passkeys.credentialId,
            publicKey: passkeys.publicKey,
            counter: passkeys.counter,
          })
          .from(passkeys)
          .where(eq(passkeys.credentialId, credentialId)),
      );
      return row ?? null;
    },
    async enter({ id, personId }, counter, browser) {
      await db.transaction(async (query) => {
        await lockPerson(query, db.tables, personId);
        await countUse(query, db.tables, { id, counter, now: browser.now });
        await insertSignIn(query, db.tables, { ...browser, personId });
      });
    },
    async remove(personId, id, issuer) {
      await db.transaction(async (query) => {
        await lockPerson(query, db.tables, personId);
        const deleted = await query
          .delete(passkeys)
          .where(and(eq(passkeys.id, id), eq(passkeys.personId, personId)))
          .returning({ id: passkeys.id });
        if (deleted.length === 0) throw new AppError({ kind: 'not-found', reason: 'passkey' });
        await keepOneWay(query, db.tables, personId, issuer);
      });
    },
  };
}

async function addPasskey(
  query: Queries,
  tables: Tables,
  passkey: Parameters<PasskeyStore['add']>[0],
  by: Adding,
): Promise<void> {
  const { passkeys } = tables;
  await lockMaker(query, tables, by);
  const [has] = await query
    .select({ passkeys: count() })
    .from(passkeys)
    .where(eq(passkeys.personId, by.personId));
  if ((has?.passkeys ?? 0) >= PASSKEYS_MAX)
    throw new AppError({ kind: 'conflict', reason: 'too-many-passkeys' });
  const added = await query
    .insert(passkeys)
    .values({ ...passkey, personId: by.personId, createdAt: by.now, usedAt: null })
    .onConflictDoNothing()
    .returning({ id: passkeys.id });
  if (added.length === 0) throw new AppError({ kind: 'conflict', reason: 'known-passkey' });
}

/** A count that does not grow is a copy of the key, or the same answer again. Keys that do not count say 0. */
async function countUse(
  query: Queries,
  { passkeys }: Tables,
  { id, counter, now }: { readonly id: string; readonly counter: number; readonly now: Date },
): Promise<void> {
  const grows = counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter);
  const used = await query
    .update(passkeys)
    .set({ counter, usedAt: now })
    .where(and(eq(passkeys.id, id), grows))
    .returning({ id: passkeys.id });
  if (used.length === 0) throw new AppError({ kind: 'unauthenticated', reason: 'passkey' });
}
