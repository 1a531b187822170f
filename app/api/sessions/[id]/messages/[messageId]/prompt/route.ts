import { services } from '@/app/composition';
import { presentPrompt } from '@/lib/chat/turn/present-prompt';
import { promptNotFound } from '@/lib/errors';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/sessions/:id/messages/:messageId/prompt',
  {
    async GET(_request, { principal: { owner }, params: { id, messageId } }) {
      const { store } = await services();
      const stored = await store.prompts.of(owner, id, messageId);
      const requests = stored.flatMap((prompt) => presentPrompt(prompt) ?? []);
      if (requests.length === 0) throw promptNotFound();
      return json({ message_id: messageId, requests });
    },
  },
);
