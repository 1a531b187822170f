import { and, eq, exists, isNotNull, sql, type SQL } from 'drizzle-orm';
import { WAYS, type Way } from '@/lib/accounts/ways/way';
import { AppError } from '@/lib/errors';
import type { Queries, Tables } from '@/db/engine/client';

/** Throws `conflict` when the person has no way to sign in any more; the transaction then changes nothing. */
export async function keepOneWay(
  query: Queries,
  tables: Tables,
  personId: string,
  issuer: string | null,
): Promise<void> {
  const ways = await waysOf(query, tables, issuer, personId);
  if (ways.get(personId)?.length === 0)
    throw new AppError({ kind: 'conflict', reason: 'last-way' });
}

/** An account at another provider than the configured one is no way in. */
export async function waysOf(
  query: Queries,
  tables: Tables,
  issuer: string | null,
  personId?: string,
): Promise<ReadonlyMap<string, readonly Way[]>> {
  const { people, passkeys, identities } = tables;
  const passkeysOf = query
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(eq(passkeys.personId, people.id));
  const identitiesOf = query
    .select({ id: identities.subject })
    .from(identities)
    .where(and(eq(identities.personId, people.id), eq(identities.issuer, issuer ?? '')));
  const has: Record<Way, SQL<boolean>> = {
    password: yes(isNotNull(people.password)),
    passkey: yes(exists(passkeysOf)),
    provider: yes(exists(identitiesOf)),
  };
  const rows = await query
    .select({ id: people.id, ...has })
    .from(people)
    .where(personId === undefined ? undefined : eq(people.id, personId));
  return new Map(rows.map((row) => [row.id, WAYS.filter((way) => row[way])]));
}

/** SQLite says 1. */
const yes = (condition: SQL): SQL<boolean> => sql<boolean>`${condition}`.mapWith(Boolean);
