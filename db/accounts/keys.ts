import { and, count, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { KEYS_MAX } from '@/lib/accounts/keys/key';
import type { KeyStore, NewKey } from '@/lib/accounts/keys/key-store';
import { idOfPerson } from '@/lib/accounts/principal';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { lockMaker } from './lock-maker';
import { isActive } from './active-people';
import { prepare } from '@/db/engine/prepare';
import { AppError, invalidFields } from '@/lib/errors';
import { fields } from '@/lib/texts/api-fields';

/** How often a key's last use is written. */
const USED_EVERY_MS = 60_000;

export function keyStore(db: Db): KeyStore {
  const { tables } = db;
  const { apiKeys } = tables;
  return {
    create: (key) => db.transaction((query) => insertKey(query, tables, key)),

    list: (owner) =>
      db.read((query) =>
        query
          .select({
            id: apiKeys.id,
            name: apiKeys.name,
            scopes: apiKeys.scopes,
            createdAt: apiKeys.createdAt,
            expiresAt: apiKeys.expiresAt,
            lastUsedAt: apiKeys.lastUsedAt,
          })
          .from(apiKeys)
          .where(eq(apiKeys.owner, owner))
          .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),
      ),

    async revoke(owner, id) {
      const deleted = await db.transaction((query) =>
        query
          .delete(apiKeys)
          .where(and(eq(apiKeys.id, id), eq(apiKeys.owner, owner)))
          .returning({ id: apiKeys.id }),
      );
      if (deleted.length === 0) throw new AppError({ kind: 'not-found', reason: 'key' });
    },

    async find(hash, now) {
      const [found] = await db.read((query) => prepare(query, tables, byHash).execute({ hash }));
      if (!found) return null;
      const { expiresAt, ...key } = found;
      return expiresAt === null || expiresAt > now ? key : null;
    },

    async used(id, now) {
      const before = new Date(now.getTime() - USED_EVERY_MS);
      await db.transaction((query) =>
        query
          .update(apiKeys)
          .set({ lastUsedAt: now })
          .where(
            and(eq(apiKeys.id, id), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, before))),
          ),
      );
    },

    async stillValid(ids, now) {
      const rows = await db.read((query) => validKeys(query, tables, ids, now));
      return new Set(rows.map(({ id }) => id));
    },
  };
}

async function insertKey(query: Queries, tables: Tables, key: NewKey): Promise<void> {
  const { apiKeys } = tables;
  await checkMaker(query, tables, key);
  await checkEnd(query, tables, key);
  const [found] = await query
    .select({ keys: count() })
    .from(apiKeys)
    .where(eq(apiKeys.owner, key.owner));
  if ((found?.keys ?? 0) >= KEYS_MAX)
    throw new AppError({ kind: 'conflict', reason: 'too-many-keys' });
  const { signIn: _signIn, ...row } = key;
  await query.insert(apiKeys).values({ ...row, scopes: [...key.scopes] });
}

const validKeys = (query: Queries, tables: Tables, ids: readonly string[], now: Date) => {
  const { apiKeys } = tables;
  return query
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(
      and(
        inArray(apiKeys.id, [...ids]),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
        isActive(query, tables, apiKeys.owner),
      ),
    );
};

/** Each request with a key asks it. */
const byHash = (query: Queries, tables: Tables) => {
  const { apiKeys } = tables;
  return query
    .select({
      id: apiKeys.id,
      owner: apiKeys.owner,
      scopes: apiKeys.scopes,
      lastUsedAt: apiKeys.lastUsedAt,
      expiresAt: apiKeys.expiresAt,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, sql.placeholder('hash')), isActive(query, tables, apiKeys.owner)));
};

/** The person may have been removed or signed out while this request was on its way. */
async function checkMaker(
  query: Queries,
  tables: Tables,
  { owner, signIn }: NewKey,
): Promise<void> {
  const personId = idOfPerson(owner);
  if (personId !== null) await lockMaker(query, tables, { personId, signIn });
}

/** A key that ends must not prolong itself by another one. */
async function checkEnd(
  query: Queries,
  { apiKeys }: Tables,
  { madeBy, expiresAt }: NewKey,
): Promise<void> {
  if (madeBy === null) return;
  const [maker] = await query
    .select({ end: apiKeys.expiresAt })
    .from(apiKeys)
    .where(eq(apiKeys.id, madeBy));
  // It was revoked while this request was on its way.
  if (!maker) throw new AppError({ kind: 'unauthenticated', reason: 'unknown-key' });
  if (maker.end && (expiresAt === null || expiresAt > maker.end))
    throw invalidFields([{ loc: ['expires_at'], msg: fields.keyOutlives, type: 'custom' }]);
}
