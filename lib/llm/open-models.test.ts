import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnv } from '@/lib/env';
import { recordingLog } from '@/tests/setup/log';
import { answer, startUpstream, status, type Upstream } from '@/tests/upstream/upstream';
import { openModels } from './open-models';
import { textListener } from '@/tests/setup/text-listener';

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.close());

function open(variables: Record<string, string>) {
  const { log, logged } = recordingLog();
  const models = openModels(readEnv(variables), log);
  const ask = async (model = 'm') => {
    let text = '';
    const signal = new AbortController().signal;
    const onEvent = textListener((piece) => (text += piece));
    const messages = [{ role: 'user', content: 'hello' }] as const;
    await models.chatModel.stream({ requestId: 'r', model, messages, signal, onEvent });
    return text;
  };
  return { ...models, logged, ask };
}

test('without key and base URL the demo answers, also for the original’s model names', async () => {
  const { catalogue, ask } = open({});
  expect(await catalogue.list()).toEqual({
    models: ['demo', 'gpt-3.5-turbo', 'gpt-4'],
    demo: true,
  });
  expect(await ask()).toContain('demo');
});

test('with a base URL that server answers, and its failures are retried and logged', async () => {
  const { catalogue, ask, logged } = open({ OPENAI_BASE_URL: upstream.url, CHAT_MODELS: 'a,b' });
  upstream.behave(status(500), answer('Hello'));
  expect(await ask()).toBe('Hello');
  expect(logged).toMatchObject([{ event: 'upstream.retried', request_id: 'r', attempt: 1 }]);
  expect(await catalogue.list()).toEqual({ models: ['a', 'b'], demo: false });
});

test('by default the server’s chat models are offered', async () => {
  const { catalogue } = open({ OPENAI_BASE_URL: upstream.url });
  expect(await catalogue.list()).toEqual({ models: ['gpt-3.5-turbo', 'gpt-4'], demo: false });
});

test('a model that turns out not to chat is asked once and no longer offered, unless configured', async () => {
  const listing = { OPENAI_BASE_URL: upstream.url, CHAT_MODELS: 'auto,gpt-3.5-turbo' };
  const { catalogue, ask } = open(listing);
  upstream.reset();
  upstream.behave((response) => {
    response.writeHead(400).end('{"error":{"message":"\\"gpt-4\\" does not support chat"}}');
  });
  const failure = { kind: 'upstream', reason: 'not-chat' };
  for (const model of ['gpt-4', 'gpt-3.5-turbo'])
    await expect(ask(model)).rejects.toMatchObject({ failure: { ...failure, model } });
  expect(upstream.requests).toHaveLength(2);
  expect((await catalogue.list()).models).toEqual(['gpt-3.5-turbo']);
  upstream.reset();
});

test.each([
  [{ CHAT_DEFAULT_MODEL: 'gpt-4' }, ['gpt-4', 'gpt-3.5-turbo']],
  [{ CHAT_DEFAULT_MODEL: 'hidden' }, ['hidden', 'gpt-3.5-turbo', 'gpt-4']],
  [{ CHAT_MODELS: 'auto,mine' }, ['mine', 'gpt-3.5-turbo', 'gpt-4']],
  [{ CHAT_MODELS: 'a,b', CHAT_DEFAULT_MODEL: 'b' }, ['b', 'a']],
])('%j puts configured names first', async (variables, models) => {
  const { catalogue } = open({ OPENAI_BASE_URL: upstream.url, ...variables });
  expect(await catalogue.list()).toEqual({ models, demo: false });
});

test('while the server is unreachable the original’s names are guessed, with one warning', async () => {
  const gone = await startUpstream();
  await gone.close();
  const { catalogue, logged } = open({ OPENAI_BASE_URL: gone.url });
  const guessed = { models: ['gpt-3.5-turbo', 'gpt-4'], demo: false, guessed: true };
  expect(await catalogue.list()).toEqual(guessed);
  expect(await catalogue.list()).toEqual(guessed);
  expect(logged).toMatchObject([
    { event: 'models.list_failed', cause: expect.stringContaining('ECONNREFUSED') },
  ]);
});

test.each([
  ['a stream without an end', 'text/event-stream'],
  ['a page', 'text/html'],
])(
  'if a server answers a request for its list with %s, the original’s names are offered',
  async (_, type) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': type }).write('<');
      if (type === 'text/html') response.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const { catalogue } = open({ OPENAI_BASE_URL: `http://127.0.0.1:${String(port)}/v1` });
    const list = await catalogue.list();
    expect(list).toEqual({ models: ['gpt-3.5-turbo', 'gpt-4'], demo: false, guessed: false });
    server.close();
    server.closeAllConnections();
  },
);

test('what is known of an unreachable server’s models outlives another choice of them', async () => {
  const server = await startUpstream();
  const env = readEnv({ OPENAI_BASE_URL: server.url });
  let choice = { ...env };
  const { catalogue } = openModels(env, recordingLog().log, () => choice);
  await catalogue.list();
  await server.close();
  choice = { ...env, CHAT_MODELS: ['auto', 'mine'] };
  expect((await catalogue.list()).models).toEqual(['mine', 'gpt-3.5-turbo', 'gpt-4']);
});

test('an open breaker is logged once', async () => {
  const { ask, logged } = open({ OPENAI_BASE_URL: upstream.url, BREAKER_THRESHOLD: '1' });
  upstream.behave(status(500, {}, { 'retry-after': '60' }));
  await expect(ask()).rejects.toMatchObject({ failure: { kind: 'upstream' } });
  await expect(ask()).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
  expect(logged.filter(({ event }) => event === 'breaker.opened')).toHaveLength(1);
});

test('CHAT_MEMORY_MODEL merges memories, else a small model from the list', async () => {
  const address = { OPENAI_BASE_URL: upstream.url };
  const nameOf = (variables: Record<string, string>) =>
    open({ ...address, ...variables }).memoryModelName();
  expect(await nameOf({ CHAT_MEMORY_MODEL: 'mine' })).toBe('mine');
  expect(await nameOf({})).toBe('gpt-3.5-turbo');
  expect(await nameOf({ CHAT_DEFAULT_MODEL: 'gpt-4' })).toBe('gpt-3.5-turbo');
  expect(await nameOf({ CHAT_MODELS: 'large,larger' })).toBe('large');
});
