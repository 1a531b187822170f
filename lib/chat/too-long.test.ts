import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { AppError } from '@/lib/errors';
import { temporaryStore } from '@/tests/setup/store';
import { endOf, turnsOver } from '@/tests/setup/turns';

const tooLong = () => new AppError({ kind: 'upstream', reason: 'too-long', model: 'm' });
let store: Store;
let remove: () => Promise<void>;
let here: ReturnType<typeof turnsOver>;
let sessionId: string;

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
  here = turnsOver(store);
  sessionId = await here.session();
});
afterEach(async () => {
  await here.turns.drain(0);
  await remove();
});

async function exchange(text: string) {
  const turn = await here.send(sessionId, { text });
  const request = await here.model.next();
  request.onText(`re: ${text}`);
  request.finish();
  await endOf(turn);
}

test('a prompt that its model cannot read is sent once more with a third of what was said', async () => {
  for (const text of ['one', 'two', 'six', 'ten']) await exchange(text);
  const turn = await here.send(sessionId, { text: 'and?' });
  (await here.model.next()).fail(tooLong());
  const request = await here.model.next();
  const [, ...asked] = request.messages.map(({ content }) => content);
  expect(asked).toEqual(['ten', 're: ten', 'and?']);
  request.onText('Well');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete', omitted: 6 });
});

test('one that is still too long says so', async () => {
  await exchange('one');
  const turn = await here.send(sessionId);
  (await here.model.next()).fail(tooLong());
  (await here.model.next()).fail(tooLong());
  const failure = { kind: 'upstream', reason: 'too-long', model: 'm' };
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure, omitted: 2 });
});

test('one with nothing to leave out is not sent again', async () => {
  const turn = await here.send(sessionId);
  (await here.model.next()).fail(tooLong());
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure: { reason: 'too-long' } });
});

test('a reply that has begun is not begun again', async () => {
  await exchange('one');
  const turn = await here.send(sessionId);
  const request = await here.model.next();
  request.onText('Once');
  request.fail(tooLong());
  expect(await endOf(turn)).toMatchObject({ state: 'interrupted' });
});
