import type { SearchStore } from '@/lib/search/search';
import { find, type Place } from './find';
import { anyPending, indexPending } from './pending';

/** Search in the texts of an owner, and the index that it needs. */
export const searchStore = (place: Place): SearchStore => ({
  find: async (input) => {
    // Before the search: what is indexed meanwhile is found.
    const isIndexing = await anyPending(place.db);
    return { ...(await find(place, input)), isIndexing };
  },
  indexSome: () => indexPending(place.db),
});
