import { defaultSystemPrompt, replyMaxTokens, services } from '@/app/composition';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { presentSettings } from '@/lib/sessions/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/models', {
  async GET(_request, { translation: { serverTexts } }) {
    const { catalogue } = await services();
    const { models, demo } = await catalogue.list();
    return json({
      models: models.map((id) => ({ id })),
      default: models[0] ?? null,
      defaults: presentSettings({
        systemPrompt: defaultSystemPrompt(),
        model: models[0] ?? null,
        temperature: null,
        maxTokens: replyMaxTokens(),
      }),
      demo,
      ...(demo && { hint: serverTexts.demoHint }),
    });
  },
});
