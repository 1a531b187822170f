import { once } from 'node:events';
import { expect, test } from 'vitest';
import { modelClient, upstreamFailure } from '@/tests/upstream/model-client';
import {
  DONE,
  endless,
  endlessPacked,
  FINISH,
  openStream,
  token,
  type Behaviour,
} from '@/tests/upstream/upstream';

const client = modelClient();

test.each([
  [500, 'text/plain', 'failing'],
  [200, 'application/json', 'broken'],
  [200, 'text/plain', 'broken'],
])('an endless %i as %s does not fill the memory', async (code, type, reason) => {
  let sent = 0;
  client.upstream.behave(async (response) => {
    response.writeHead(code, { 'content-type': type });
    while (!response.destroyed && sent < 64e6) {
      sent += 1e6;
      const taken = response.write('x'.repeat(1e6));
      if (!taken) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  });
  const { error } = await client.send();
  expect(error).toMatchObject(upstreamFailure(reason));
  await client.upstream.requests.at(-1)?.closed;
  expect(sent).toBeLessThan(32e6);
});

const ENDLESS: readonly (readonly [string, Behaviour])[] = [
  ['comments', endless(': waiting\n\n')],
  ['empty pieces', endless('data: {"choices":[{"delta":{}}]}\n\n')],
  ['one line', endless('x')],
  ['one event', endless('data: x\n')],
  ['text', endless(token('again '))],
  ['packed comments', endlessPacked(': waiting\n\n')],
  ['packed text', endlessPacked(token('again '))],
  ['one packed line', endlessPacked('x')],
];

test.each(ENDLESS)(
  'an endless response of %s fails, and its connection is closed',
  async (_, behaviour) => {
    client.upstream.behave(behaviour);
    expect((await client.send()).error).toMatchObject(upstreamFailure('broken'));
    await client.upstream.requests.at(-1)?.closed;
  },
);

test.each([
  ['comments', endless(': waiting\n\n')],
  ['text', endless(token('again '))],
])('a finished reply is complete, even if endless %s follow', async (_, more) => {
  client.upstream.behave((response, request) => {
    openStream(response).write(token('hi') + FINISH + DONE);
    response.writeHead = () => response;
    return more(response, request);
  });
  const { text, error } = await client.send();
  expect({ begins: text.startsWith('hi'), error }).toEqual({ begins: true, error: null });
  expect(text.length).toBeLessThan(2_000_000);
});
