import { and, eq } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { Adding } from '@/lib/accounts/ways/way-store';
import type { Queries, Tables } from '@/db/engine/client';

/** What else changes how the person signs in waits, and then finds what this transaction did. */
export async function lockPerson(query: Queries, { people }: Tables, id: string): Promise<void> {
  await query.update(people).set({ name: people.name }).where(eq(people.id, id));
}

/** The same for a person who is still signed in. Throws `unauthenticated` when that was revoked meanwhile. */
export async function lockSignedIn(
  query: Queries,
  tables: Tables,
  { personId, signIn }: Adding,
): Promise<void> {
  const { signIns } = tables;
  await lockPerson(query, tables, personId);
  const found = await query
    .select({ id: signIns.id })
    .from(signIns)
    .where(and(eq(signIns.personId, personId), eq(signIns.tokenHash, signIn)));
  if (found.length === 0) throw new AppError({ kind: 'unauthenticated', reason: 'sign-in' });
}
