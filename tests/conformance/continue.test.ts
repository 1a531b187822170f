import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../setup/api-client';
import { readSend } from '../setup/app-reader';
import { openDeployment, type Deployment, type Instance } from '../setup/deployment';
import { expectError } from '../setup/expectations';
import { untilStored } from '../setup/until-stored';
import {
  answer,
  cutAfter,
  openStream,
  stallAfter,
  status,
  token,
  type Upstream,
} from '../upstream/upstream';

/** Going on with a reply, and what a turn leaves behind when its session goes, on one process and on two. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let deployment: Deployment;
  let upstream: Upstream;
  let app: Instance;
  let api: ApiClient;
  let sessionId: string;

  beforeEach(async () => {
    place = await empty();
    deployment = await openDeployment(place, { CHAT_MEMORY_ENABLED: 'true' });
    ({ upstream } = deployment);
    app = await deployment.start();
    ({ api } = app);
    sessionId = await api.createSession();
  });
  afterEach(() => deployment.remove());

  const cutOff = async (): Promise<string> => {
    const { frames } = await api.stream({ message: 'Tell me', session_id: sessionId });
    return frames[0]?.request_id ?? '';
  };
  const goOn = (turn: string) => ({ session_id: sessionId, continue: turn });
  /** Begins a turn and waits until the store has these words of it. */
  const runUntil = async (body: object, words: string): Promise<string> => {
    const turn = randomUUID();
    const reading = await readSend(api, body, { 'X-Request-ID': turn });
    await reading.seen(words);
    await untilStored(place, turn, words);
    return turn;
  };

  test('a reply that was cut off is continued: one reply, one memory, each part paid for once', async () => {
    upstream.behave(cutAfter('Once', ' upon'), answer(' a time', { pauseMs: 50 }));
    const cut = await cutOff();
    expect((await api.messages(sessionId))[1]).toMatchObject({
      state: 'interrupted',
      request_id: cut,
    });
    const key = { 'Idempotency-Key': sessionId };
    const [one, two, plain] = await Promise.all([
      api.stream(goOn(cut), key),
      api.stream(goOn(cut), key),
      api.call('POST', '/api/chat', goOn(cut), key),
    ]);
    expect([one.text, two.text, plain.body.reply]).toEqual(Array(3).fill('Once upon a time'));
    expect(one.last).toMatchObject({
      done: true,
      state: 'complete',
      reply_id: plain.body.reply_id,
    });
    expect(upstream.requests).toHaveLength(2);
    expect(upstream.requests[1]?.body.messages.slice(-3)).toMatchObject([
      { role: 'user', content: 'Tell me' },
      { role: 'assistant', content: 'Once upon' },
      { role: 'user' },
    ]);
    expect((await api.messages(sessionId)).map(({ content, state }) => [content, state])).toEqual([
      ['Tell me', undefined],
      ['Once upon a time', undefined],
    ]);
    await expect.poll(() => upstream.merges.length).toBe(1);
    const material = upstream.merges[0]?.body.messages.at(-1)?.content;
    expect(material).toContain('User:\nTell me\n\nAssistant:\nOnce upon a time');
  });

  test('a reply goes on in the model that began it, unless another is named', async () => {
    upstream.behave(cutAfter('Once'), cutAfter(' upon'), answer(' a time'));
    const send = { message: 'Tell me', session_id: sessionId, model: 'gpt-4' };
    const first = await api.stream(send);
    const second = await api.stream(goOn(first.frames[0]?.request_id ?? ''));
    const named = { ...goOn(second.frames[0]?.request_id ?? ''), model: 'gpt-3.5-turbo' };
    expect((await api.stream(named)).text).toBe('Once upon a time');
    expect(upstream.requests.map(({ body }) => body.model)).toEqual([
      'gpt-4',
      'gpt-4',
      'gpt-3.5-turbo',
    ]);
  });

  test('what cannot be continued is refused and changes nothing', async () => {
    upstream.behave(cutAfter('Once'), answer('whole'));
    const cut = await cutOff();
    const refusals: [object, number][] = [
      [{ ...goOn(cut), message: 'hi' }, 400],
      [{ ...goOn(cut), retry_of: cut }, 400],
      [{ continue: cut }, 400],
      [{ continue: 7, session_id: sessionId }, 400],
      [{ ...goOn(cut), message: 'x'.repeat(4001) }, 413],
      [{ ...goOn(cut), model: 'unknown' }, 400],
      [goOn('unknown'), 404],
      [{ continue: cut, session_id: 'unknown' }, 404],
    ];
    for (const [body, code] of refusals)
      expectError(await api.call('POST', '/api/chat', body), code);
    const both = await api.call('POST', '/api/chat', { ...goOn(cut), message: 'hi' });
    expect(both.body.details).toMatchObject([{ loc: ['message'] }]);
    const other = apiClient(app.url, OTHER_KEY);
    expectError(await other.call('POST', '/api/chat', goOn(cut)), 404);
    const whole = await api.stream({ message: 'more', session_id: sessionId });
    expectError(await api.call('POST', '/api/chat', goOn(cut)), 409);
    expectError(await api.call('POST', '/api/chat', goOn(whole.frames[0]?.request_id ?? '')), 409);
    expect(upstream.requests).toHaveLength(2);
    expect((await api.messages(sessionId)).map(({ content }) => content)).toEqual([
      'Tell me',
      'Once',
      'more',
      'whole',
    ]);
  });

  test('a failure leaves the reply and is told, streamed and plain', async () => {
    upstream.behave(cutAfter('Once'), status(401));
    const refusal = { error: expect.stringContaining('did not accept the API key'), code: 500 };
    const streamed = await api.stream(goOn(await cutOff()));
    expect(streamed.last).toMatchObject({ ...refusal, state: 'interrupted' });
    expect(streamed.text).toBe('Once');
    const again = goOn(streamed.frames[0]?.request_id ?? '');
    expect((await api.call('POST', '/api/chat', again)).body).toMatchObject(refusal);
    expect(await api.messages(sessionId)).toMatchObject([
      {},
      { content: 'Once', state: 'interrupted' },
    ]);
  });

  test('a killed process leaves the reply with what was added, to be continued by another', async () => {
    upstream.behave(cutAfter('Once'), stallAfter(' upon'), answer(' a time'));
    const turn = await runUntil(goOn(await cutOff()), 'upon');
    expect(await api.messages(sessionId)).toMatchObject([
      {},
      { content: 'Once', state: 'interrupted' },
    ]);
    await app.stop('SIGKILL');
    const { api: after } = await deployment.start();
    expect(await after.messages(sessionId)).toMatchObject([
      {},
      { content: 'Once upon', state: 'interrupted', request_id: turn },
    ]);
    expect((await after.stream(goOn(turn))).text).toBe('Once upon a time');
    expect(await after.messages(sessionId)).toMatchObject([{}, { content: 'Once upon a time' }]);
  });

  test.each(['a new reply', 'a continued one'])(
    'a session deleted elsewhere while %s is written ends the turn, and nothing comes back',
    async (what) => {
      upstream.behave(cutAfter('Before'), stallAfter('Once', ' upon'));
      const cut = await cutOff();
      const body = what === 'a new reply' ? { message: 'go', session_id: sessionId } : goOn(cut);
      const turn = await runUntil(body, 'upon');
      const { api: elsewhere } = await deployment.start();
      expect((await elsewhere.call('DELETE', `/api/sessions/${sessionId}`)).status).toBe(204);
      await upstream.requests.at(-1)?.closed;
      await expect.poll(async () => (await api.watch(turn)).last?.state).toBe('stopped');
      for (const from of [api, elsewhere]) {
        expect((await from.call('GET', `/api/sessions/${sessionId}`)).status).toBe(404);
        expect((await from.call('GET', `/api/sessions/${sessionId}/memory`)).status).toBe(404);
        const listed: { id: string }[] = (await from.call('GET', '/api/sessions')).body;
        expect(listed.map(({ id }) => id)).not.toContain(sessionId);
      }
      expect(upstream.merges).toHaveLength(0);
      await elsewhere.call('POST', `/api/sessions/${sessionId}/restore`);
      const revisions = await api.call('GET', `/api/sessions/${sessionId}/memory/revisions`);
      expect(revisions.body).toEqual([]);
    },
  );

  test('a reply that is whole as its session is deleted elsewhere brings no memory', async () => {
    const gate = Promise.withResolvers<void>();
    upstream.behave(answer('Hello'));
    upstream.behaveMerging(async (response) => {
      openStream(response).write(token('- late'));
      await gate.promise;
      response.end('data: [DONE]\n\n');
    });
    await api.call('POST', '/api/chat', { message: 'hi', session_id: sessionId });
    await expect.poll(() => upstream.merges.length).toBe(1);
    const { api: elsewhere } = await deployment.start();
    await elsewhere.call('DELETE', `/api/sessions/${sessionId}`);
    gate.resolve();
    await upstream.merges[0]?.closed;
    await app.stop('SIGTERM');
    await elsewhere.call('POST', `/api/sessions/${sessionId}/restore`);
    const memory = await elsewhere.call('GET', `/api/sessions/${sessionId}/memory`);
    expect(memory.body.memory).toBeNull();
  });
});
