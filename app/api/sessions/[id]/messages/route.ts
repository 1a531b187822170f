import { randomUUID } from 'node:crypto';
import { messageMaxChars, replyMaxChars, services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { appendMessageInput } from '@/lib/sessions/message';
import { codePoints } from '@/lib/sessions/message-length';
import { presentMessage } from '@/lib/sessions/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/sessions/:id/messages',
  {
    /** Reports an unknown session before an invalid body, as the original does. The length limits are those of chat. */
    async POST(request, { principal: { owner }, params }) {
      const { store } = await services();
      await store.sessions.get(owner, params.id);
      const message = parseInput(appendMessageInput, await readJson(request));
      const { role, content } = message;
      const [length, limit, reason] =
        role === 'user'
          ? ([codePoints(content), messageMaxChars(), 'message'] as const)
          : ([content.length, replyMaxChars(), 'reply'] as const);
      if (length > limit) throw new AppError({ kind: 'too-large', reason, limit });
      const appended = { owner, sessionId: params.id, id: randomUUID(), message, now: new Date() };
      return json(presentMessage(await store.messages.append(appended)), { status: 201 });
    },
  },
);
