import type { z } from 'zod';
import { messageMaxChars, services } from '@/app/composition';
import { startTurn } from '@/app/api/chat/start-turn';
import type { NewUserText, Regeneration } from '@/lib/chat/turn/turn-store';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { continueInput, regenerateInput, sendInput } from '@/lib/chat/turn/turn';
import { AppError } from '@/lib/errors';
import { parseInput, readJson } from '@/lib/http/request/body';
import type { RouteContext } from '@/lib/http/response/route';
import { codePoints } from '@/lib/sessions/message-length';

type Input =
  z.infer<typeof sendInput> | z.infer<typeof continueInput> | z.infer<typeof regenerateInput>;

/**
 * Validates a chat request and begins its turn, for both chat routes. Checks in the original's order: shape, length,
 * fields, model, session.
 */
export async function send(request: Request, context: RouteContext): Promise<WatchedTurn> {
  const input = inputOf(await readJson(request, 'chat-body'));
  const { owner } = context.principal;
  return startTurn(request, context, {
    input,
    model: input.model,
    sessionId: input.session_id,
    before: () => modelBefore(owner, input),
    begin: (turns, order) =>
      'continue' in input
        ? turns.continue({ ...order, sessionId: input.session_id, continues: input.continue })
        : turns.send({ ...order, sessionId: input.session_id, ...textOrRegeneration(input) }),
  });
}

function inputOf(body: Record<string, unknown>): Input {
  const continues = isGiven(body['continue']);
  const regenerates = !continues && isGiven(body['regenerate']);
  if (!continues && !regenerates && !('message' in body))
    throw new AppError({ kind: 'invalid', reason: 'chat-body' });
  const { message } = body;
  const limit = messageMaxChars();
  if (typeof message === 'string' && codePoints(message.trim()) > limit)
    throw new AppError({ kind: 'too-large', reason: 'message', limit });
  if (continues) return parseInput(continueInput, body);
  return regenerates ? parseInput(regenerateInput, body) : parseInput(sendInput, body);
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

async function modelBefore(owner: string, input: Input): Promise<string | null> {
  const { turns, store } = await services();
  if ('continue' in input) return turns.modelOf(owner, input.continue);
  if (!('regenerate' in input)) return null;
  return store.messages.modelOf(owner, input.session_id, input.regenerate);
}

const textOrRegeneration = (
  input: z.infer<typeof sendInput> | z.infer<typeof regenerateInput>,
): NewUserText | Regeneration =>
  'regenerate' in input
    ? { regenerates: input.regenerate }
    : {
        text: input.message,
        retryOf: input.retry_of ?? null,
        parent: input.parent_id,
        history: input.history,
      };
