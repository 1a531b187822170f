import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { json } from '@/lib/http/json';
import { route } from '@/lib/http/route';

const RETRY_AFTER_SECONDS = 5;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/health/ready', {
  /** Ready: the store answers and is migrated, and the process is not about to end. */
  async GET() {
    const { store, turns } = await services();
    if (turns.draining() || !(await store.isMigrated())) {
      throw new AppError({ kind: 'unavailable', retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    return json({ status: 'ready' });
  },
});
