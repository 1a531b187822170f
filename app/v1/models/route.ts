import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { listModels } from './list-models';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/v1/models', {
  async GET() {
    return json({ object: 'list', data: await listModels() });
  },
});
