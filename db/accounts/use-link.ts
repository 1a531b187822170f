import { and, eq, gt, inArray } from 'drizzle-orm';
import type { LinkKind } from '@/lib/accounts/person';
import { AppError } from '@/lib/errors';
import type { Queries, Tables } from '@/db/engine/client';

export const linkNotFound = () => new AppError({ kind: 'not-found', reason: 'link' });

/** Deletes a link, so that it works once. Throws `not-found` for one that is used, over or of another kind. */
export async function useLink(
  query: Queries,
  { accountLinks }: Tables,
  tokenHash: string,
  kinds: readonly LinkKind[],
  now: Date,
): Promise<{ readonly personId: string | null; readonly kind: LinkKind }> {
  const [used] = await query
    .delete(accountLinks)
    .where(
      and(
        eq(accountLinks.tokenHash, tokenHash),
        inArray(accountLinks.kind, [...kinds]),
        gt(accountLinks.endsAt, now),
      ),
    )
    .returning({ personId: accountLinks.personId, kind: accountLinks.kind });
  if (!used) throw linkNotFound();
  return used;
}
