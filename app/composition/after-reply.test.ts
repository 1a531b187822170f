import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnv } from '@/lib/env';
import { openModels } from '@/lib/llm/open-models';
import { silentLog } from '@/tests/setup/log';
import { temporaryStore } from '@/tests/setup/store';
import { createSession } from '@/tests/setup/stored-session';
import { startUpstream, type Upstream } from '@/tests/upstream/upstream';
import { openAfterReply } from './after-reply';

let upstream: Upstream;
let place: Awaited<ReturnType<typeof temporaryStore>>;
beforeAll(async () => {
  upstream = await startUpstream();
  place = await temporaryStore();
});
afterAll(async () => {
  await upstream.close();
  await place.remove();
});

const MONEY = { CHAT_BUDGET: '1/day' };
const TOKENS = { CHAT_BUDGET: '1000 tokens/day' };
test.each([
  ['budgets in money', MONEY, 'priced', 'asked'],
  ['budgets in money', MONEY, 'unpriced', 'not asked'],
  ['budgets in tokens', TOKENS, 'unpriced', 'asked'],
])('with %s (%j) a memory model that is %s is %s', async (_, budget, model, outcome) => {
  const session = await createSession(place.store);
  const { requestId } = (await session.begin()).turn;
  await session.end(requestId);
  upstream.reset();
  const pricing = { prompt: '0.000001', completion: '0.000001' };
  upstream.behaveListing(() => [200, { data: [{ id: 'priced', pricing }, { id: 'unpriced' }] }]);
  const env = readEnv({
    OPENAI_BASE_URL: upstream.url,
    CHAT_MEMORY_MODEL: model,
    CHAT_TITLES: 'false',
    ...budget,
  });
  const afterReply = openAfterReply(env, place.store, openModels(env, silentLog), () => env);
  afterReply.run({ sessionId: session.sessionId, requestId, user: 'I like tea', reply: 'Good' });
  await afterReply.idle();
  const requests = outcome === 'asked' ? [model] : [];
  expect(upstream.merges.map(({ body }) => body.model)).toEqual(requests);
});
