import { randomUUID } from 'node:crypto';
import { replyMaxChars, services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { parseInput, readJson } from '@/lib/http/body';
import { json } from '@/lib/http/json';
import { route } from '@/lib/http/route';
import { appendMessageInput } from '@/lib/sessions/message';
import { codePoints, MESSAGE_MAX } from '@/lib/sessions/message-length';
import { presentMessage } from '@/lib/sessions/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/sessions/:id/messages',
  {
    /** An unknown session is said before a wrong body, as in the original. A message is as long as one sent or answered. */
    async POST(request, { owner, params }) {
      const { store } = await services();
      await store.sessions.get(owner, params.id);
      const message = parseInput(appendMessageInput, await readJson(request));
      const { role, content } = message;
      if (role === 'user' ? codePoints(content) > MESSAGE_MAX : content.length > replyMaxChars()) {
        throw new AppError({ kind: 'too-large', message: 'Message too large' });
      }
      const appended = { owner, sessionId: params.id, id: randomUUID(), message, now: new Date() };
      return json(presentMessage(await store.messages.append(appended)), { status: 201 });
    },
  },
);
