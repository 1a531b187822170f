import { checkModel } from '@/app/api/chat/known-model';
import { services } from '@/app/composition';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { listModels } from '../list-models';

/** It may have slashes. */
const idIn = ({ url }: Request): string =>
  decodeURIComponent(new URL(url).pathname.slice('/v1/models/'.length));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/v1/models/:id', {
  async GET(request) {
    const { catalogue } = await services();
    const id = checkModel(idIn(request), await catalogue.list());
    return json((await listModels()).find((model) => model.id === id));
  },
});
