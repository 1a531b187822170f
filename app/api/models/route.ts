import { services } from '@/app/composition';
import { json } from '@/lib/http/json';
import { route } from '@/lib/http/route';

const DEMO_HINT =
  'This is the built-in demo. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, and start again.';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/models', {
  async GET() {
    const { catalogue } = await services();
    const { models, demo } = await catalogue.list();
    return json({
      models: models.map((id) => ({ id })),
      default: models[0] ?? null,
      demo,
      ...(demo && { hint: DEMO_HINT }),
    });
  },
});
