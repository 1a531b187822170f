import { after } from 'next/server';
import { services, type Services } from '@/app/composition';
import { checkModel } from '@/app/api/chat/known-model';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import type { Idempotency } from '@/lib/chat/turn/turn-store';
import { idempotencyOf } from '@/lib/http/request/idempotency';
import { AppError, nullIfNotFound, type FailureKind } from '@/lib/errors';
import type { RouteContext } from '@/lib/http/response/route';

type Turns = Services['turns'];

interface Start {
  /** What an `Idempotency-Key` stands for. */
  readonly input: object;
  /** What the client names; undefined: the one that `before` finds, or else the session's. */
  readonly model: string | undefined;
  readonly sessionId: string | null;
  /** The model that a new reply follows. */
  readonly before?: () => Promise<string | null>;
  readonly begin: (turns: Turns, order: Order) => Promise<WatchedTurn>;
}

type Order = Pick<
  Parameters<Turns['send']>[0],
  'owner' | 'requestId' | 'model' | 'idempotency' | 'keyId'
>;

/** Begins the turn of any route that sends: counted, with a model that may be asked for, and kept until it ends. */
export async function startTurn(
  request: Request,
  context: RouteContext,
  { input, begin, ...choice }: Start,
): Promise<WatchedTurn> {
  const { turns, streams, settled } = await services();
  const { requestId, address } = context;
  const { owner, keyId } = context.principal;
  // Before the turn begins and costs money. A plain route counts too: it holds its connection as long as a stream.
  context.onClose(streams.enter({ owner, address }));
  const idempotency = idempotencyOf(request, input);
  const start = async () => {
    const model = await modelFor(owner, choice);
    context.annotate({ model, session_id: choice.sessionId ?? undefined });
    return begin(turns, { owner, keyId, requestId, model, idempotency });
  };
  const turn = await start().catch((thrown: unknown) => replay(thrown, owner, idempotency));
  context.respondAs(turn.requestId);
  // Keeps a serverless function running until the turn has ended, also when the client disconnects.
  after(settled(turn.requestId));
  return turn;
}

/** `unavailable`: while the upstream's list cannot be read. */
const MODEL_REFUSED: readonly FailureKind[] = ['invalid', 'unavailable'];

/** A retry joins its turn, even if the model that it names is not listed any more, or the list cannot be read now. */
async function replay(
  thrown: unknown,
  owner: string,
  idempotency: Idempotency | null,
): Promise<WatchedTurn> {
  const { turns } = await services();
  const isRefused = thrown instanceof AppError && MODEL_REFUSED.includes(thrown.failure.kind);
  const turn = isRefused && idempotency ? await turns.replay(owner, idempotency) : null;
  if (!turn) throw thrown;
  return turn;
}

/**
 * The requested model; else that of the reply to continue or regenerate, or of the session, while it is listed; else the
 * default.
 */
async function modelFor(
  owner: string,
  { model, sessionId, before }: Omit<Start, 'input' | 'begin'>,
): Promise<string> {
  const { catalogue } = await services();
  const list = await catalogue.list();
  if (model !== undefined) return checkModel(model, list);
  const listed = (name: string | null | undefined) => list.models.find((each) => each === name);
  // The retry of a send to a deleted session still joins its turn; any other send is refused when it begins.
  const found =
    listed(await before?.().catch(nullIfNotFound)) ??
    listed(await modelOfSession(owner, sessionId).catch(nullIfNotFound));
  return checkModel(found ?? list.models[0], list);
}

/** Throws `not-found`. */
async function modelOfSession(owner: string, id: string | null): Promise<string | null> {
  const { store } = await services();
  return id === null ? null : (await store.sessions.get(owner, id)).model;
}
