import { services } from '@/app/composition';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/connection', {
  async POST() {
    const { checkConnection } = await services();
    return json(await checkConnection());
  },
});
