import type { Store } from '@/db/store';
import type { SearchStore } from '@/lib/search/search';

/** Searches until what was just written is in the index: on a busy machine that takes longer than one search waits. */
export async function searchIndexed({ search }: Store, input: Parameters<SearchStore['find']>[0]) {
  let page = await search.find(input);
  while (page.isIndexing) page = await search.find(input);
  return page;
}
