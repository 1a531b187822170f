import { and, eq } from 'drizzle-orm';
import type { Maker } from '@/lib/accounts/account-store';
import type { Role } from '@/lib/accounts/person';
import { AppError } from '@/lib/errors';
import type { Queries, Tables } from '@/db/engine/client';

/**
 * Locks the person who adds a link, an API key or a way to sign in, and returns the role. Throws `unauthenticated` when the
 * person was removed or disabled, or the sign-in was revoked, while the request was on its way: nothing that it makes may
 * let it in again.
 */
export async function lockMaker(
  query: Queries,
  tables: Tables,
  { personId, signIn }: Maker,
): Promise<Role> {
  const person = await lockPerson(query, tables, personId);
  const isIn = signIn === null || (await isSignIn(query, tables, { personId, signIn }));
  if (!person || person.disabledAt !== null || !isIn)
    throw new AppError({ kind: 'unauthenticated', reason: 'sign-in' });
  return person.role;
}

/** Throws when who does it is no operator any more: the middleware has seen the role before the body arrived. */
export async function lockOperator(query: Queries, tables: Tables, by: Maker): Promise<void> {
  const role = await lockMaker(query, tables, by);
  if (role !== 'operator') throw new AppError({ kind: 'forbidden', reason: 'operator' });
}

async function isSignIn(
  query: Queries,
  { signIns }: Tables,
  { personId, signIn }: { readonly personId: string; readonly signIn: string },
): Promise<boolean> {
  const found = await query
    .select({ id: signIns.id })
    .from(signIns)
    .where(and(eq(signIns.tokenHash, signIn), eq(signIns.personId, personId)));
  return found.length > 0;
}

/** Locks a person against others who make, revoke or remove at the same time. Null for an unknown one. */
export async function lockPerson(
  query: Queries,
  { people }: Tables,
  id: string,
): Promise<{ readonly role: Role; readonly disabledAt: Date | null } | null> {
  // Written, not read: a read locks nothing.
  const [found] = await query
    .update(people)
    .set({ name: people.name })
    .where(eq(people.id, id))
    .returning({ role: people.role, disabledAt: people.disabledAt });
  return found ?? null;
}
