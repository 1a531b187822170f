import { and, eq, gt } from 'drizzle-orm';
import type { LinkKind } from '@/lib/accounts/person';
import { AppError } from '@/lib/errors';
import type { Queries, Tables } from '@/db/engine/client';

export const linkNotFound = () => new AppError({ kind: 'not-found', reason: 'link' });

/** Deletes a link, so that it works once. Throws `not-found` for one that is used, over or of another kind. */
export async function useLink(
  query: Queries,
  { accountLinks }: Tables,
  tokenHash: string,
  kind: LinkKind,
  now: Date,
): Promise<void> {
  const used = await query
    .delete(accountLinks)
    .where(
      and(
        eq(accountLinks.tokenHash, tokenHash),
        eq(accountLinks.kind, kind),
        gt(accountLinks.endsAt, now),
      ),
    )
    .returning({ id: accountLinks.id });
  if (used.length === 0) throw linkNotFound();
}
