import { services } from '@/app/composition';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { bulkInput } from '@/lib/sessions/bulk/input';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/bulk', {
  async POST(request, { principal: { owner } }) {
    const { ids, ...change } = parseInput(bulkInput, await readJson(request));
    const { store, turns } = await services();
    const stopDeleted = async () => {
      if (change.action === 'delete') for (const id of ids) await turns.stopAll(owner, id);
    };
    // Also when a later step fails: those before it are deleted.
    const changed = store.bulk.change({ owner, ids, change, now: new Date() });
    const results = await changed.finally(stopDeleted);
    if (change.action === 'delete-permanently') await store.owners.purge(owner);
    return json({ results });
  },
});
