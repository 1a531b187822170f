import type { Clock } from '@/lib/ports/clock';
import { contextMessages } from '@/lib/chat/prompt/prompt';
import { promptTokens } from '@/lib/chat/turn/spent-tokens';
import type { Price } from '@/lib/usage/price';
import type { ModelOptions } from '@/lib/chat/turn/model-options';
import type {
  BegunTurn,
  Continuation,
  NewUserText,
  Regeneration,
  TurnOrder,
} from '@/lib/chat/turn/turn-store';

/** Fields that the server fills in. */
type Added = 'instance' | 'contextMessages' | 'contextChars' | 'now' | Counted;
type Counted = 'price' | 'pricesPending' | 'promptTokens' | 'askedTokens' | 'mostTokens';

/** The fields of a request to start a turn. */
export type TurnRequest = Omit<TurnOrder, Added> & {
  readonly modelOptions?: ModelOptions | undefined;
};
export type NewSend = TurnRequest & (NewUserText | Regeneration);
export type NewContinuation = TurnRequest & Omit<Continuation, Added | 'replyMaxChars'>;

export type Begin = (order: Pick<TurnOrder, Added | 'requestId'>) => Promise<BegunTurn>;

type UnderWay = Exclude<BegunTurn, { kind: 'id-taken' }>;

interface Deps {
  readonly instance: string;
  readonly contextMaxTurns: number;
  readonly contextMaxChars: number;
  readonly replyMaxTokens: () => number | null;
  readonly priceOf: (model: string) => Price | null;
  readonly pricesPending: () => boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

/** A client may reuse a request id. The second turn then gets a new one. */
export async function beginTurn(
  deps: Deps,
  request: TurnRequest,
  begin: Begin,
): Promise<{ requestId: string; begun: UnderWay }> {
  for (let { requestId } = request; ; requestId = deps.newId()) {
    const begun = await begin({
      requestId,
      instance: deps.instance,
      contextMessages: contextMessages(deps.contextMaxTurns),
      contextChars: deps.contextMaxChars,
      now: deps.clock.now(),
      ...countedAs(deps, request),
    });
    if (begun.kind !== 'id-taken') return { requestId, begun };
  }
}

/** What the turn is counted as, until the upstream has counted it. */
function countedAs(
  { replyMaxTokens, priceOf, pricesPending }: Deps,
  { model, modelOptions }: TurnRequest,
): Pick<TurnOrder, Counted> {
  const given = modelOptions?.prompt;
  return {
    price: priceOf(model),
    pricesPending: pricesPending(),
    promptTokens: given ? promptTokens(given, modelOptions.parameters['tools']) : undefined,
    askedTokens: modelOptions?.maxTokens ?? null,
    mostTokens: replyMaxTokens(),
  };
}
