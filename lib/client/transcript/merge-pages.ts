import type { PageMessage } from '@/lib/page/session-page';

/**
 * The messages to show when the page brings its newest ones again: those read earlier stay where they follow on;
 * where there is a gap, the page alone counts.
 */
export function joinMessages(
  shown: readonly PageMessage[],
  page: readonly PageMessage[],
): readonly PageMessage[] {
  const first = page[0];
  if (!first) return page;
  const place = shown.findIndex(({ id }) => id === first.id);
  return place > 0 ? [...shown.slice(0, place), ...page] : page;
}
