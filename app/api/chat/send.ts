import { after } from 'next/server';
import type { z } from 'zod';
import { messageMaxChars, services } from '@/app/composition';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { continueInput, sendInput } from '@/lib/chat/turn/turn';
import { AppError, invalidFields, unavailable } from '@/lib/errors';
import { parseInput, readJson } from '@/lib/http/request/body';
import { idempotencyOf } from '@/lib/http/request/idempotency';
import type { RouteContext } from '@/lib/http/response/route';
import { codePoints } from '@/lib/sessions/message-length';
import { fields } from '@/lib/texts/api-fields';

type Input = z.infer<typeof sendInput> | z.infer<typeof continueInput>;

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
    : turns.send({ ...order, ...newWords(input) }));
  context.respondAs(turn.requestId);
  // Keeps a serverless function running until the turn has ended, also when the client disconnects.
  after(settled(turn.requestId));
  return turn;
}

function inputOf(body: Record<string, unknown>): Input {
  const continues = body['continue'] !== undefined && body['continue'] !== null;
  if (!continues && !('message' in body))
    throw new AppError({ kind: 'invalid', reason: 'chat-body' });
  const { message } = body;
  const limit = messageMaxChars();
  if (typeof message === 'string' && codePoints(message.trim()) > limit)
    throw new AppError({ kind: 'too-large', reason: 'message', limit });
  return continues ? parseInput(continueInput, body) : parseInput(sendInput, body);
}

/** The requested model; else a continuation keeps the model of its reply while that is listed; else the default. */
async function modelFor(owner: string, input: Input): Promise<string> {
  const { turns, catalogue } = await services();
  const { models, guessed } = await catalogue.list();
  const before = 'continue' in input ? await turns.modelOf(owner, input.continue) : null;
  const begunBy = models.find((name) => name === before);
  const model = input.model ?? begunBy ?? models[0];
  if (model !== undefined && models.includes(model)) return model;
  // It may well be one that the upstream has.
  throw guessed ? unavailable('model') : unknownModel(models);
}

const newWords = ({ session_id, message, retry_of }: z.infer<typeof sendInput>) => ({
  sessionId: session_id,
  text: message,
  retryOf: retry_of ?? null,
});

/** The error names this many models at most: a gateway may list hundreds. */
const NAMED_MAX = 20;

function unknownModel(models: readonly string[]): AppError {
  const msg = fields.oneOf(models.slice(0, NAMED_MAX), models.length - NAMED_MAX);
  return invalidFields([{ loc: ['model'], msg, type: 'enum' }]);
}
