import { after } from 'next/server';
import type { z } from 'zod';
import { messageMaxChars, services } from '@/app/composition';
import { checkModel } from '@/app/api/chat/known-model';
import type { NewWords, Regeneration } from '@/lib/chat/turn/turn-store';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { continueInput, regenerateInput, sendInput } from '@/lib/chat/turn/turn';
import { AppError } from '@/lib/errors';
import { parseInput, readJson } from '@/lib/http/request/body';
import { idempotencyOf } from '@/lib/http/request/idempotency';
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

/**
 * The requested model; else that of the reply to continue or regenerate, or of the session, while it is listed; else the
 * default.
 */
async function modelFor(owner: string, input: Input): Promise<string> {
  const { catalogue } = await services();
  const list = await catalogue.list();
  if (input.model !== undefined) return checkModel(input.model, list);
  const known = (name: string | null) => list.models.find((each) => each === name);
  const before = known(await ifThere(modelBefore(owner, input)));
  const model = before ?? known(await ifThere(modelOfSession(owner, input)));
  return checkModel(model ?? list.models[0], list);
}

async function modelBefore(owner: string, input: Input): Promise<string | null> {
  const { turns, store } = await services();
  if ('continue' in input) return turns.modelOf(owner, input.continue);
  if (!('regenerate' in input)) return null;
  return store.messages.modelOf(owner, input.session_id, input.regenerate);
}

/** Throws `not-found`. */
async function modelOfSession(owner: string, { session_id: id }: Input): Promise<string | null> {
  const { store } = await services();
  return id === null ? null : (await store.sessions.get(owner, id)).model;
}

/** The retry of a send to a session that is gone still joins its turn; any other send is refused when it begins. */
const ifThere = (model: Promise<string | null>): Promise<string | null> =>
  model.catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.failure.kind === 'not-found') return null;
    throw thrown;
  });

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
