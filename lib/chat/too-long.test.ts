import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { endOf } from '@/tests/setup/turns';
import { turnsOfEachTest } from '@/tests/setup/turns-of-each-test';

const tooLong = () => new AppError({ kind: 'upstream', reason: 'too-long', model: 'm' });
const here = turnsOfEachTest();
const { send } = here;

async function exchange(text: string) {
  const turn = await send(text);
  const request = await here.model.next();
  request.onText(`re: ${text}`);
  request.finish();
  await endOf(turn);
}

test('a prompt that its model cannot read is sent once more with a third of what was said', async () => {
  for (const text of ['one', 'two', 'six', 'ten']) await exchange(text);
  const turn = await send('and?');
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
  const turn = await send('hello');
  (await here.model.next()).fail(tooLong());
  (await here.model.next()).fail(tooLong());
  const failure = { kind: 'upstream', reason: 'too-long', model: 'm' };
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure, omitted: 2 });
});

test('one with nothing to leave out is not sent again', async () => {
  const turn = await send('hello');
  (await here.model.next()).fail(tooLong());
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure: { reason: 'too-long' } });
});

test('a reply that has begun is not begun again', async () => {
  await exchange('one');
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once');
  request.fail(tooLong());
  expect(await endOf(turn)).toMatchObject({ state: 'interrupted' });
});
