import type { PageMessage } from '@/lib/page/session-page';

/**
 * Merges a refreshed page with the messages read earlier. Earlier ones stay if they adjoin the page; after a gap only
 * the page counts.
 */
export function mergePages(
  shown: readonly PageMessage[],
  page: readonly PageMessage[],
): readonly PageMessage[] {
  const first = page[0];
  if (!first) return page;
  const place = shown.findIndex(({ id }) => id === first.id);
  return place > 0 ? [...shown.slice(0, place), ...page] : page;
}
