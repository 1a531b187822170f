import { and, eq, isNull } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { Queries, Tables } from '@/db/engine/client';

interface Change {
  readonly id: string;
  readonly was: string | null;
  readonly password: string | null;
}

/**
 * Sets a password where the hash is still `was`, and locks the person: of a sign-in with the old password and a new one
 * at the same time the second one finds what the first one did. Throws `unauthenticated` for
 * another hash, and for a disabled account, which a guessed password must not reveal.
 */
export async function lockByPassword(
  query: Queries,
  { people }: Tables,
  { id, was, password }: Change,
): Promise<void> {
  const isSame = was === null ? isNull(people.password) : eq(people.password, was);
  const found = await query
    .update(people)
    .set({ password })
    .where(and(eq(people.id, id), isSame, isNull(people.disabledAt)))
    .returning({ id: people.id });
  if (found.length === 0) throw new AppError({ kind: 'unauthenticated', reason: 'wrong-password' });
}
