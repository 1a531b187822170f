import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { Model } from '@/lib/ports/model';
import { systemClock } from '@/lib/system-clock';
import { recordingLog } from '@/tests/setup/log';
import { createSession, at, type StoredSession } from '@/tests/setup/stored-session';
import { temporaryStore } from '@/tests/setup/store';
import { scriptedModel, type ScriptedModel } from '@/tests/setup/turns/scripted-model';
import { titleMaker, type TitleMaker } from './title-maker';

let store: Store;
let remove: () => Promise<void>;
let model: ScriptedModel;
let log: ReturnType<typeof recordingLog>;
let session: StoredSession;
let maker: TitleMaker;
let asked: number;

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
  model = scriptedModel();
  log = recordingLog();
  session = await createSession(store);
  asked = 0;
  const counted: Model = {
    stream(request) {
      asked += 1;
      return model.stream(request);
    },
  };
  const titleModel = () => Promise.resolve('small');
  const deps = {
    model: counted,
    titleModel,
    store: store.sessions,
    clock: systemClock,
    log: log.log,
  };
  maker = titleMaker(deps);
});
afterEach(() => remove());

/** A turn that has just ended. */
const exchange = async () => {
  const { turn } = await session.begin();
  await session.end(turn.requestId);
  const { sessionId } = session;
  return { sessionId, requestId: turn.requestId, user: 'hello', reply: 'hi' };
};
const events = () => log.logged.map(({ event }) => event);
const stored = () => store.sessions.get(session.owner, session.sessionId);

test('the first exchange gives a session a title, by a request of its own', async () => {
  const { version } = await stored();
  maker.make(await exchange());
  const request = await model.next();
  expect(request).toMatchObject({ model: 'small' });
  request.onText('"Good day."');
  request.finish();
  await maker.idle();
  const { title, version: after } = await stored();
  expect(title).toBe('Good day');
  expect(after, 'open pages are notified').toBeGreaterThan(version + 1);
  expect(events()).toEqual(['session.title.made']);
});

test("a person's title stays, also one that is set while the model thinks", async () => {
  const { owner, sessionId } = session;
  maker.make(await exchange());
  const request = await model.next();
  await store.sessions.change({ owner, id: sessionId, title: 'Mine', now: at(5) });
  request.onText('By the model');
  request.finish();
  await maker.idle();
  expect(await stored()).toMatchObject({ title: 'Mine' });
});

test('a failure is logged and changes nothing, and no later exchange asks again', async () => {
  maker.make(await exchange());
  (await model.next()).fail(new AppError({ kind: 'upstream', reason: 'refused' }));
  await maker.idle();
  expect(events()).toEqual(['session.title.make_failed']);
  maker.make(await exchange());
  await maker.idle();
  expect(await stored()).toMatchObject({ title: null });
  expect(asked).toBe(1);
});
