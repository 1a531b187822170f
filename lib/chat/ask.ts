import type { Clock } from './clock';
import { contextMessages } from './prompt';
import type { BegunTurn, TurnOrder } from './turn-store';

/** What is asked for when a turn shall begin. */
export interface Ask {
  readonly owner: string;
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly model: string;
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
}

export interface NewSend extends Ask {
  readonly text: string;
  readonly retryOf: string | null;
}

export interface NewContinuation extends Ask {
  readonly sessionId: string;
  /** The request id of the turn whose reply was cut off or stopped. */
  readonly continues: string;
}

/** What the process adds to an ask. */
type Order = Pick<TurnOrder, 'requestId' | 'instance' | 'contextMessages' | 'now'>;
export type Begin = (order: Order) => Promise<BegunTurn>;

type UnderWay = Exclude<BegunTurn, { kind: 'id-taken' }>;

interface Deps {
  readonly instance: string;
  readonly contextMaxTurns: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

/** A client may send the same request id twice; the second turn then gets an id of its own. */
export async function beginAsk(
  deps: Deps,
  ask: Ask,
  begin: Begin,
): Promise<{ requestId: string; begun: UnderWay }> {
  for (let { requestId } = ask; ; requestId = deps.newId()) {
    const begun = await begin({
      requestId,
      instance: deps.instance,
      contextMessages: contextMessages(deps.contextMaxTurns),
      now: deps.clock.now(),
    });
    if (begun.kind !== 'id-taken') return { requestId, begun };
  }
}
