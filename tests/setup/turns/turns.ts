import { randomUUID } from 'node:crypto';
import type { Store } from '@/db/store';
import type { NewContinuation, NewSend } from '@/lib/chat/run/begin-turn';
import type { TurnEnd } from '@/lib/chat/turn/events';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { openTurns, type Turns } from '@/lib/chat/turns';
import type { Model } from '@/lib/ports/model';
import { systemClock } from '@/lib/system-clock';
import { silentLog } from '../log';
import { scriptedModel } from './scripted-model';

type Deps = Parameters<typeof openTurns>[0];

/** Turns over this store and this model, with limits that no test reaches. */
export const openTestTurns = (store: Store, model: Model, more: Partial<Deps> = {}): Turns =>
  openTurns({
    store: store.turns,
    model,
    memoryEnabled: true,
    onExchange: () => undefined,
    contextMaxTurns: 12,
    contextMaxChars: 100_000,
    contextTokens: () => null,
    priceOf: () => null,
    pricesPending: () => false,
    replyMaxChars: 10_000,
    replyMaxTokens: () => null,
    systemPrompt: () => null,
    withReasoning: true,
    turnMaxMs: 7_200_000,
    channel: null,
    instance: 'this process',
    clock: systemClock,
    newId: randomUUID,
    log: silentLog,
    ...more,
  });

/** The same, with a model that the test holds. */
export function turnsOver(store: Store, more: Partial<Deps> = {}) {
  const model = scriptedModel();
  const owner = 'somebody';
  const turns = openTestTurns(store, model, more);
  return {
    turns,
    model,
    owner,
    async session(): Promise<string> {
      const id = randomUUID();
      await store.sessions.create({ id, owner, title: null, now: new Date() });
      return id;
    },
    send: (sessionId: string | null, fields: Partial<NewSend> = {}) =>
      turns.send({
        owner,
        requestId: randomUUID(),
        sessionId,
        text: 'hello',
        model: 'm',
        retryOf: null,
        idempotency: null,
        ...fields,
      }),
    goOn: (sessionId: string, continues: string, fields: Partial<NewContinuation> = {}) =>
      turns.continue({
        owner,
        requestId: randomUUID(),
        sessionId,
        continues,
        model: 'm',
        idempotency: null,
        ...fields,
      }),
    messages: (sessionId: string) => store.messages.branch({ owner, sessionId }),
  };
}

/** Watches a turn until it ends. */
export const endOf = (turn: WatchedTurn): Promise<TurnEnd> =>
  new Promise((resolve) => {
    const look = () => {
      const end = turn.end();
      if (!end) return;
      leave();
      resolve(end);
    };
    const leave = turn.watch(look);
    look();
  });
