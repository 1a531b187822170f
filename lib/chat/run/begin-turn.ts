import type { Clock } from '@/lib/ports/clock';
import { contextMessages } from '@/lib/chat/prompt/prompt';
import type { BegunTurn, Continuation, NewTurn, TurnOrder } from '@/lib/chat/turn/turn-store';

/** What the process adds to what is asked for. */
type Added = 'instance' | 'contextMessages' | 'contextChars' | 'now';

/** What is asked for when a turn shall begin. */
export type Ask = Omit<TurnOrder, Added>;
export type NewSend = Omit<NewTurn, Added | 'userMessageId' | 'replyId'>;
export type NewContinuation = Omit<Continuation, Added | 'replyMaxChars'>;

export type Begin = (order: Pick<TurnOrder, Added | 'requestId'>) => Promise<BegunTurn>;

type UnderWay = Exclude<BegunTurn, { kind: 'id-taken' }>;

interface Deps {
  readonly instance: string;
  readonly contextMaxTurns: number;
  readonly contextMaxChars: number;
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
      contextChars: deps.contextMaxChars,
      now: deps.clock.now(),
    });
    if (begun.kind !== 'id-taken') return { requestId, begun };
  }
}
