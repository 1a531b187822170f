import { after } from 'next/server';
import type { z } from 'zod';
import { messageMaxChars, services } from '@/app/composition';
import type { NewWords, Regeneration } from '@/lib/chat/turn/turn-store';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { continueInput, regenerateInput, sendInput } from '@/lib/chat/turn/turn';
import { AppError, invalidFields, unavailable } from '@/lib/errors';
import { parseInput, readJson } from '@/lib/http/request/body';
import { idempotencyOf } from '@/lib/http/request/idempotency';
import type { RouteContext } from '@/lib/http/response/route';
import { codePoints } from '@/lib/sessions/message-length';
import { fields } from '@/lib/texts/api-fields';

type Input =
  z.infer<typeof sendInput> | z.infer<typeof continueInput> | z.infer<typeof regenerateInput>;

/**
 * Validates a chat request and begins its turn, for both chat routes. Checks in the original's order: shape, length,
 * fields, model, session.
 */
export async function send(request: Request, context: RouteContext): Promise<WatchedTurn> {
  const input = inputOf(await readJson(request, 'chat-body'));
  const { turns, streams, settled } = await services();
  const { requestId, address } = context;
  const { owner } = context.principal;
  // Before the turn begins and costs money. The plain route counts too: it holds its connection as long as a stream.
  context.whenGone(streams.enter({ owner, address }));
  const model = await modelFor(owner, input);
  context.annotate({ model, session_id: input.session_id });
  const order = { owner, requestId, model, idempotency: idempotencyOf(request, input) };
  const turn = await ('continue' in input
    ? turns.continue({ ...order, sessionId: input.session_id, continues: input.continue })
    : turns.send({ ...order, sessionId: input.session_id, ...askedIn(input) }));
  context.respondAs(turn.requestId);
  // Keeps a serverless function running until the turn has ended, also when the client disconnects.
  after(settled(turn.requestId));
  return turn;
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

/** The requested model; else that of the reply to continue or regenerate while it is listed; else the default. */
async function modelFor(owner: string, input: Input): Promise<string> {
  const { catalogue } = await services();
  const { models, guessed } = await catalogue.list();
  const before = input.model === undefined ? await modelBefore(owner, input) : null;
  const begunBy = models.find((name) => name === before);
  const model = input.model ?? begunBy ?? models[0];
  if (model !== undefined && models.includes(model)) return model;
  // It may well be one that the upstream has.
  throw guessed ? unavailable('model') : unknownModel(models);
}

async function modelBefore(owner: string, input: Input): Promise<string | null> {
  const { turns, store } = await services();
  if ('continue' in input) return turns.modelOf(owner, input.continue);
  if (!('regenerate' in input)) return null;
  return store.messages.modelOf(owner, input.session_id, input.regenerate);
}

const askedIn = (
  input: z.infer<typeof sendInput> | z.infer<typeof regenerateInput>,
): NewWords | Regeneration =>
  'regenerate' in input
    ? { regenerates: input.regenerate }
    : {
        text: input.message,
        retryOf: input.retry_of ?? null,
        parent: input.parent_id,
        history: input.history,
      };

/** The error names this many models at most: a gateway may list hundreds. */
const NAMED_MAX = 20;

function unknownModel(models: readonly string[]): AppError {
  const msg = fields.oneOf(models.slice(0, NAMED_MAX), models.length - NAMED_MAX);
  return invalidFields([{ loc: ['model'], msg, type: 'enum' }]);
}
