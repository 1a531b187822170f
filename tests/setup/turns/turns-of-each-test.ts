import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import type { Store } from '@/db/store';
import type { NewContinuation, NewSend } from '@/lib/chat/run/begin-turn';
import type { FinishedExchange } from '@/lib/chat/memory/memory-merge';
import type { openTurns, Turns } from '@/lib/chat/turns';
import { scriptedModel, type ScriptedModel } from './scripted-model';
import { temporaryStore } from '../store';
import { endOf, openTestTurns } from './turns';

type Deps = Parameters<typeof openTurns>[0];

interface Place {
  store: Store;
  model: ScriptedModel;
  /** A test may replace them. */
  turns: Turns;
  exchanges: FinishedExchange[];
  sessionId: string;
}

const owner = 'somebody';

/** The turns of one session, with a new store and model for each test of a file. */
export function turnsOfEachTest() {
  const here = {} as Place;
  const open = opener(here);
  let remove: () => Promise<void>;
  beforeEach(async () => {
    ({ store: here.store, remove } = await temporaryStore());
    here.model = scriptedModel();
    here.exchanges = [];
    here.turns = open('this process');
    here.sessionId = randomUUID();
    const created = { id: here.sessionId, owner, title: null, now: new Date() };
    await here.store.sessions.create(created);
  });
  afterEach(async () => {
    await here.turns.drain(0);
    await remove();
  });
  return Object.assign(here, { owner, open, ...asking(here) });
}

const opener =
  (here: Place) =>
  (instance: string, more: Partial<Deps> = {}): Turns =>
    openTestTurns(here.store, here.model, {
      onExchange: (exchange) => here.exchanges.push(exchange),
      instance,
      ...more,
    });

function asking(here: Place) {
  const newRequest = () => ({
    owner,
    requestId: randomUUID(),
    sessionId: here.sessionId,
    model: 'm',
    idempotency: null,
  });
  const send = (text: string, more: Partial<NewSend> = {}) =>
    here.turns.send({ ...newRequest(), text, retryOf: null, ...more });
  return {
    send,
    goOn: (continues: string, more: Partial<NewContinuation> = {}) =>
      here.turns.continue({ ...newRequest(), continues, ...more }),
    /** Runs a turn that emits `text` and is stopped. Resolves with its id. */
    async stoppedAfter(text: string): Promise<string> {
      const turn = await send('hello');
      (await here.model.next()).onText(text);
      await here.turns.stop(owner, turn.requestId);
      await endOf(turn);
      return turn.requestId;
    },
    async contents() {
      const messages = await here.store.messages.branch({ owner, sessionId: here.sessionId });
      return messages.map(({ role, content, state }) => ({ role, content, state }));
    },
  };
}
