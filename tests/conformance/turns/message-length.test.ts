import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENGINES } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError } from '../../setup/expectations';

const LONGEST = 100_000;

let deployment: Deployment;
let app: Instance;

beforeAll(async () => {
  const [engine] = ENGINES;
  if (!engine) throw new Error('There is no engine');
  deployment = await openDeployment(await engine.empty());
  app = await deployment.start({ CHAT_MESSAGE_MAX_CHARS: String(LONGEST) });
});
afterAll(() => deployment.remove());

test.each([
  ['letters', 'x'],
  ['quotes', '\\"'],
  ['emoji', '🌊'],
  ['escaped emoji', '\\ud83c\\udf0a'],
])(
  'a message of the maximum length in %s is accepted, and one that is longer is not',
  async (_, one) => {
    const send = (count: number) =>
      app.api.call('POST', '/api/chat', `{"message":"${one.repeat(count)}"}`);
    const { requests } = deployment.upstream;
    requests.length = 0;
    expect((await send(LONGEST)).status).toBe(200);
    const words = requests[0]?.body.messages.at(-1)?.content ?? '';
    expect(Array.from(words)).toHaveLength(LONGEST);
    expectError(await send(LONGEST + 1), 413, 'Message too large');
    expect(requests).toHaveLength(1);
  },
);

test('a body longer than any message needs is refused', async () => {
  const body = `{"message":"x","more":"${'x'.repeat(13 * LONGEST)}"}`;
  expectError(
    await app.api.call('POST', '/api/chat', body),
    413,
    /^This is too long\. The server takes at most \d+ KB at a time\.$/,
  );
});

test('an appended message has the same limit', async () => {
  const id = await app.api.createSession();
  const append = (count: number) =>
    app.api.call('POST', `/api/sessions/${id}/messages`, {
      role: 'user',
      content: 'x'.repeat(count),
    });
  expect((await append(LONGEST)).status).toBe(201);
  expectError(await append(LONGEST + 1), 413, 'Message too large');
});
