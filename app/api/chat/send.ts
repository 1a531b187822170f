import { after } from 'next/server';
import type { z } from 'zod';
import { services } from '@/app/composition';
import type { WatchedTurn } from '@/lib/chat/live-turn';
import { continueInput, sendInput } from '@/lib/chat/turn';
import { AppError } from '@/lib/errors';
import { parseInput, readJson } from '@/lib/http/body';
import { idempotencyOf } from '@/lib/http/idempotency';
import type { RouteContext } from '@/lib/http/route';
import { codePoints, MESSAGE_MAX } from '@/lib/sessions/message';

const MISSING = "Missing JSON body or 'message' field";

/** What both chat routes do first, in the original's order: shape, length, fields, model, session. */
export async function send(request: Request, context: RouteContext): Promise<WatchedTurn> {
  const body = await readJson(request, MISSING);
  const continues = body['continue'] !== undefined && body['continue'] !== null;
  if (!continues && !('message' in body)) throw new AppError({ kind: 'invalid', message: MISSING });
  if (typeof body['message'] === 'string' && codePoints(body['message'].trim()) > MESSAGE_MAX) {
    throw new AppError({ kind: 'too-large', message: 'Message too large' });
  }
  const input = continues ? parseInput(continueInput, body) : parseInput(sendInput, body);
  const { turns, catalogue } = await services();
  const { models } = await catalogue.list();
  const model = input.model ?? models[0];
  if (model === undefined || !models.includes(model)) throw unknownModel(models);
  context.annotate({ model, session_id: input.session_id });
  const { owner, requestId } = context;
  const ask = { owner, requestId, model, idempotency: idempotencyOf(request, { ...input, model }) };
  const turn = await ('continue' in input
    ? turns.continue({ ...ask, sessionId: input.session_id, continues: input.continue })
    : turns.send({ ...ask, ...newWords(input) }));
  // Where a platform stops a function that has answered, it waits for this: the turn goes on when its client leaves.
  after(turns.ended(turn.requestId));
  return turn;
}

const newWords = ({ session_id, message, retry_of }: z.infer<typeof sendInput>) => ({
  sessionId: session_id,
  text: message,
  retryOf: retry_of ?? null,
});

const unknownModel = (models: readonly string[]): AppError =>
  new AppError({
    kind: 'invalid',
    message: 'Validation error',
    details: [{ loc: ['model'], msg: `Must be one of: ${models.join(', ')}`, type: 'enum' }],
  });
