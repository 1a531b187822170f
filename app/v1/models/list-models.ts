import { services } from '@/app/composition';

/** The models as OpenAI's API has them. When they were made is not known. */
export async function listModels() {
  const { catalogue } = await services();
  const { models, demo } = await catalogue.list();
  const rest = { object: 'model', created: 0, owned_by: demo ? 'ask-next' : 'upstream' };
  return models.map((id) => ({ id, ...rest }));
}
