import type { ListFilters } from './session-page';

/** The lists that have a page. */
export type ListKind = 'current' | 'archived' | 'deleted';

export const LIST_PATHS = { current: '/s', archived: '/archived', deleted: '/deleted' } as const;

/** The address of a list's page; with `cursor` of a following one. */
export function listAddress(
  list: ListKind,
  { sort, tag, model }: ListFilters,
  cursor: string | null = null,
): string {
  const query = new URLSearchParams();
  // The other lists are in the order in which sessions came there.
  const own = list === 'current' ? 'updated' : undefined;
  if (sort && sort !== own) query.set('sort', sort);
  if (tag) query.set('tag', tag);
  if (model) query.set('model', model);
  if (cursor !== null) query.set('cursor', cursor);
  const text = query.toString();
  return text === '' ? LIST_PATHS[list] : `${LIST_PATHS[list]}?${text}`;
}
