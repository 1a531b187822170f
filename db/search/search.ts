import type { SearchStore } from '@/lib/search/search';
import { find, type Place } from './find';
import { catchUp, indexPending } from './pending';

/** Search in the texts of an owner, and the index that it needs. */
export const searchStore = (place: Place): SearchStore => ({
  find: async (input) => {
    const isIndexing = !(await catchUp(place.db));
    return { ...(await find(place, input)), isIndexing };
  },
  indexSome: () => indexPending(place.db),
});
