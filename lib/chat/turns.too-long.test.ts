import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { endOf } from '@/tests/setup/turns/turns';
import { turnsOfEachTest } from '@/tests/setup/turns/turns-of-each-test';

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

test('a prompt beyond the context size is retried once with a third of the earlier messages', async () => {
  for (const text of ['one', 'two', 'six', 'ten']) await exchange(text);
  const turn = await send('and?');
  (await here.model.next()).fail(tooLong());
  const request = await here.model.next();
  const [, ...prompts] = request.messages.map(({ content }) => content);
  expect(prompts).toEqual(['ten', 're: ten', 'and?']);
  request.onText('Well');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete', omitted: 6 });
});

test('a retry that is still too long fails with that reason', async () => {
  await exchange('one');
  const turn = await send('hello');
  (await here.model.next()).fail(tooLong());
  (await here.model.next()).fail(tooLong());
  const failure = { kind: 'upstream', reason: 'too-long', model: 'm' };
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure, omitted: 2 });
});

test('a prompt with nothing to drop is not retried', async () => {
  const turn = await send('hello');
  (await here.model.next()).fail(tooLong());
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure: { reason: 'too-long' } });
});

test('a reply that has begun is not retried', async () => {
  await exchange('one');
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once');
  request.fail(tooLong());
  expect(await endOf(turn)).toMatchObject({ state: 'interrupted' });
});
