import type { SearchStore } from '@/lib/search/search';
import type { Db } from '@/db/engine/client';
import { find } from './find';
import { anyPending, indexPending } from './pending';

/** Search in the texts of an owner, and the index that it needs. */
export const searchStore = (db: Db): SearchStore => ({
  find: async (input) => {
    const isIndexing = await anyPending(db);
    return { ...(await find(db, input)), isIndexing };
  },
  indexSome: () => indexPending(db),
});
