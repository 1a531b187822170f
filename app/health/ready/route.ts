import { services } from '@/app/composition';
import { unavailable } from '@/lib/errors';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/health/ready', {
  /** Ready: the store is reachable and migrated, and the process is not shutting down. */
  async GET() {
    const { store, turns } = await services();
    if (turns.draining()) throw unavailable('ending');
    if (!(await store.isMigrated())) throw unavailable('store');
    return json({ status: 'ready' });
  },
});
