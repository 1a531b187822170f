import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, type EmptyDatabase, SQLITE } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { readSend } from '../../programs/app-reader';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError } from '../../setup/expectations';
import { untilStored } from '../../setup/turns/until-stored';
import {
  answer,
  cutAfter,
  openStream,
  stallAfter,
  status,
  token,
  type Upstream,
} from '../../upstream/upstream';

/** Continuing a reply, and deleting the session of a running turn, on one process and on two. */
describe.each(bothAtLength(SQLITE))('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let deployment: Deployment;
  let upstream: Upstream;
  let app: Instance;
  let api: ApiClient;
  let elsewhere: ApiClient;
  let sessionId: string;
  /** Unique per test, since a turn's merge may come after the next test has begun. */
  let question: string;

  beforeAll(async () => {
    place = await empty();
    const common = { CHAT_MEMORY_ENABLED: 'true', BREAKER_THRESHOLD: '1000' };
    deployment = await openDeployment(place, common);
    ({ upstream } = deployment);
    let other: Instance;
    [app, other] = await Promise.all([deployment.start(), deployment.start()]);
    ({ api } = app);
    ({ api: elsewhere } = other);
  });
  afterAll(() => deployment.remove());
  beforeEach(async () => {
    upstream.reset();
    sessionId = await api.createSession();
    question = `Tell me ${randomUUID()}`;
  });

  const cutOff = async (): Promise<string> => {
    const { frames } = await api.stream({ message: question, session_id: sessionId });
    return frames[0]?.request_id ?? '';
  };
  /** The inputs of this test's merges. */
  const merged = () =>
    upstream.merges
      .map(({ body }) => body.messages.at(-1)?.content ?? '')
      .filter((material) => material.includes(question));
  const goOn = (turn: string) => ({ session_id: sessionId, continue: turn });
  /** Begins a turn and waits until these words of it are stored. */
  const runUntil = async (body: object, words: string, by = api): Promise<string> => {
    const turn = randomUUID();
    const reading = await readSend(by, body, { 'X-Request-ID': turn });
    await reading.seen(words);
    await untilStored(place, turn, words);
    return turn;
  };

  test('a cut reply is continued: one reply, one memory, each part generated once', async () => {
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
      { role: 'user', content: question },
      { role: 'assistant', content: 'Once upon' },
      { role: 'user' },
    ]);
    expect((await api.messages(sessionId)).map(({ content, state }) => [content, state])).toEqual([
      [question, undefined],
      ['Once upon a time', undefined],
    ]);
    await expect.poll(() => merged().length).toBe(1);
    expect(merged()[0]).toContain(`User:\n${question}\n\nAssistant:\nOnce upon a time`);
  });

  test('a continuation uses the model that began the reply, unless another is named', async () => {
    upstream.behave(cutAfter('Once'), cutAfter(' upon'), answer(' a time'));
    const send = { message: question, session_id: sessionId, model: 'gpt-4' };
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

  test('continuing a reply that cannot be continued is refused and changes nothing', async () => {
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
      question,
      'Once',
      'more',
      'whole',
    ]);
  });

  test('a failed continuation keeps the reply and reports the error, streamed and plain', async () => {
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

  test('a killed process leaves the reply with the added text, and another can continue it', async () => {
    upstream.behave(cutAfter('Once'), stallAfter(' upon'), answer(' a time'));
    const doomed = await deployment.borrow();
    const turn = await runUntil(goOn(await cutOff()), 'upon', doomed.api);
    expect(await api.messages(sessionId)).toMatchObject([
      {},
      { content: 'Once', state: 'interrupted' },
    ]);
    await doomed.stop('SIGKILL');
    const started = await deployment.start();
    const { api: after } = started;
    expect(await after.messages(sessionId)).toMatchObject([
      {},
      { content: 'Once upon', state: 'interrupted', request_id: turn },
    ]);
    expect((await after.stream(goOn(turn))).text).toBe('Once upon a time');
    expect(await after.messages(sessionId)).toMatchObject([{}, { content: 'Once upon a time' }]);
    deployment.handBack(started);
  });

  test.each(['a new reply', 'a continued one'])(
    'deleting a session on another process while %s is written ends the turn, and nothing reappears',
    async (what) => {
      upstream.behave(cutAfter('Before'), stallAfter('Once', ' upon'));
      const cut = await cutOff();
      const fresh = { message: `${question} again`, session_id: sessionId };
      const body = what === 'a new reply' ? fresh : goOn(cut);
      const turn = await runUntil(body, 'upon');
      expect((await elsewhere.call('DELETE', `/api/sessions/${sessionId}`)).status).toBe(204);
      await upstream.requests.at(-1)?.closed;
      await expect.poll(async () => (await api.watch(turn)).last?.state).toBe('stopped');
      for (const from of [api, elsewhere]) {
        expect((await from.call('GET', `/api/sessions/${sessionId}`)).status).toBe(404);
        expect((await from.call('GET', `/api/sessions/${sessionId}/memory`)).status).toBe(404);
        const listed: { id: string }[] = (await from.call('GET', '/api/sessions')).body;
        expect(listed.map(({ id }) => id)).not.toContain(sessionId);
      }
      expect(merged()).toEqual([]);
      await elsewhere.call('POST', `/api/sessions/${sessionId}/restore`);
      const revisions = await api.call('GET', `/api/sessions/${sessionId}/memory/revisions`);
      expect(revisions.body).toEqual([]);
    },
  );

  test('a reply that completes while its session is deleted elsewhere merges no memory', async () => {
    const gate = Promise.withResolvers<void>();
    upstream.behave(answer('Hello'));
    upstream.behaveMerging(async (response) => {
      openStream(response).write(token('- late'));
      await gate.promise;
      response.end('data: [DONE]\n\n');
    });
    const ending = await deployment.borrow();
    await ending.api.call('POST', '/api/chat', { message: question, session_id: sessionId });
    await expect.poll(() => merged().length).toBe(1);
    await elsewhere.call('DELETE', `/api/sessions/${sessionId}`);
    gate.resolve();
    // Shutdown waits for the merge.
    await ending.stop('SIGTERM');
    await elsewhere.call('POST', `/api/sessions/${sessionId}/restore`);
    const memory = await elsewhere.call('GET', `/api/sessions/${sessionId}/memory`);
    expect(memory.body.memory).toBeNull();
  });
});
