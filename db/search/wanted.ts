import { and, eq, gte, isNull, lt, type SQL } from 'drizzle-orm';
import type { Groups, Wanted } from '@/db/engine/full-text/full-text';
import type { Term } from '@/lib/search/query';
import type { SearchFilter } from '@/lib/search/search';
import { INSIDE } from '@/lib/search/tokens';
import type { Tables } from '@/db/engine/client';
import { modelToken, ownerCode, roleToken } from './owner-code';

/** What the index must have; null when the query has no words. */
export function groupsOf(
  owner: string,
  terms: readonly Term[],
  { role, model }: SearchFilter,
): Groups | null {
  const code = ownerCode(owner);
  const words = terms.flatMap(({ tokens, isInside }) =>
    tokens.map(({ text, isBeginning }): Wanted[] => [
      { token: code + text, isBeginning },
      ...(isInside ? [{ token: code + INSIDE + text, isBeginning: true }] : []),
    ]),
  );
  if (words.length === 0) return null;
  const marks = [...(role ? [roleToken(role)] : []), ...(model ? [modelToken(model)] : [])];
  return [...words, ...marks.map((mark) => [{ token: code + mark, isBeginning: false }])];
}

/** The conditions of a search. The owner is in the tokens too, but only here it is certain. */
export function isWanted(
  { searchDocs, sessions, messages }: Tables,
  owner: string,
  { role, model, after, before }: SearchFilter,
): SQL | undefined {
  return and(
    eq(searchDocs.owner, owner),
    eq(sessions.owner, owner),
    isNull(sessions.deletedAt),
    role && eq(messages.role, role),
    model === undefined ? undefined : eq(messages.model, model),
    after && gte(searchDocs.createdAt, after),
    before && lt(searchDocs.createdAt, before),
  );
}
