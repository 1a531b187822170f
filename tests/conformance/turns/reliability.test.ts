import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, type EmptyDatabase, SQLITE } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { readSend } from '../../programs/app-reader';
import { expectError } from '../../setup/expectations';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { untilStored } from '../../setup/turns/until-stored';
import {
  answer,
  DONE,
  FINISH,
  openStream,
  spokenBy,
  stallAfter,
  status,
  token,
  type Upstream,
} from '../../upstream/upstream';

/** Turns when a client disconnects, a process dies or a session is deleted, on one process and on two. */
describe.each(bothAtLength(SQLITE))('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let deployment: Deployment;
  let upstream: Upstream;
  let app: Instance;
  let api: ApiClient;
  /** Another process, with another default model. */
  let elsewhere: Instance;

  beforeAll(async () => {
    place = await empty();
    deployment = await openDeployment(place, { BREAKER_THRESHOLD: '1000' });
    ({ upstream } = deployment);
    [app, elsewhere] = await Promise.all([
      deployment.start(),
      deployment.start({ CHAT_MODELS: 'another' }),
    ]);
    ({ api } = app);
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
  });

  /** Sends, reads until the reply has these words, and disconnects. */
  const sendAndLeave = async (
    session_id: string,
    words: string,
    id: string,
    to = api,
  ): Promise<void> => {
    const body = { message: `question ${id}`, session_id };
    const reading = await readSend(to, body, { 'X-Request-ID': id });
    await reading.seen(words);
    reading.leave();
  };

  test('a turn continues when its client disconnects, and can be resumed from any frame', async () => {
    upstream.behave(answer('one two three four', { pauseMs: 60 }));
    const id = await api.createSession();
    await sendAndLeave(id, 'one', 'leave');
    const rest = await api.watch('leave', '3');
    expect(rest.headers.get('content-type')).toContain('text/event-stream');
    expect(rest.text).toBe(' two three four');
    expect(rest.last).toMatchObject({ done: true, state: 'complete' });
    expect((await api.watch('leave')).text).toBe('one two three four');
    expect((await api.messages(id)).map(({ content }) => content)).toEqual([
      'question leave',
      'one two three four',
    ]);
  });

  test('an invalid Last-Event-ID is 400, another owner’s turn is 404', async () => {
    const { headers } = await api.stream({ message: 'hi', session_id: await api.createSession() });
    const requestId = headers.get('x-request-id') ?? '';
    for (const position of ['-1', 'x', '1e3', '1.5'])
      expect((await api.watch(requestId, position)).status).toBe(400);
    expect((await api.watch('unknown')).status).toBe(404);
    const other = apiClient(app.url, OTHER_KEY);
    expect((await other.watch(requestId)).status).toBe(404);
    expect((await other.call('DELETE', `/api/chat/stream/${requestId}`)).status).toBe(404);
  });

  test('a killed process leaves the message once and the reply interrupted, with its stored text', async () => {
    upstream.behave(stallAfter('Once', ' upon'));
    const doomed = await deployment.borrow();
    const id = await api.createSession();
    await sendAndLeave(id, 'upon', 'killed', doomed.api);
    await untilStored(place, 'killed', 'upon');
    await doomed.stop('SIGKILL');
    const started = await deployment.start();
    const { api: after } = started;
    expect(await after.messages(id)).toMatchObject([
      { content: 'question killed' },
      { content: 'Once upon', state: 'interrupted' },
    ]);
    const seen = await after.watch('killed');
    expect(seen.text).toBe('Once upon');
    expect(seen.last).toMatchObject({ done: true, state: 'interrupted' });
    deployment.handBack(started);
  });

  test('a repeated send is generated once: concurrently, on the plain route, and after a restart', async () => {
    upstream.behave(answer('paid once', { pauseMs: 50 }));
    const before = await deployment.borrow();
    const body = { message: 'pay', session_id: await api.createSession() };
    const key = { 'Idempotency-Key': 'pay-once' };
    const [one, two, plain] = await Promise.all([
      before.api.stream(body, key),
      before.api.stream(body, key),
      before.api.call('POST', '/api/chat', body, key),
    ]);
    expect([one.text, two.text, plain.body.reply]).toEqual(['paid once', 'paid once', 'paid once']);
    await before.stop();
    const started = await deployment.start();
    const { url, api: after } = started;
    expect((await after.stream(body, key)).text).toBe('paid once');
    expect(upstream.requests).toHaveLength(1);
    expect((await after.call('POST', '/api/chat', { ...body, message: 'other' }, key)).status).toBe(
      422,
    );
    const other = apiClient(url, OTHER_KEY);
    expect((await other.call('POST', '/api/chat', { message: 'mine' }, key)).status).toBe(200);
    deployment.handBack(started);
  });

  test('a repeated send without a model joins its turn, even if the default model has changed or the session was deleted', async () => {
    const body = { message: 'pay', session_id: await api.createSession() };
    const key = { 'Idempotency-Key': 'no-model' };
    await api.call('POST', '/api/chat', body, key);
    expect((await elsewhere.api.call('POST', '/api/chat', body, key)).body.reply).toBe(
      'Hello from upstream',
    );
    await api.call('DELETE', `/api/sessions/${body.session_id}`);
    const again = await api.call('POST', '/api/chat', body, key);
    expect([again.status, again.body.reply]).toEqual([200, 'Hello from upstream']);
    const fresh = await api.call('POST', '/api/chat', body, { 'Idempotency-Key': 'fresh' });
    expectError(fresh, 404);
    expect(upstream.requests).toHaveLength(1);
  });

  test('a repeated send joins its turn, even if the model that it names is not listed any more', async () => {
    const body = { message: 'pay', model: 'gpt-4', session_id: await api.createSession() };
    const key = { 'Idempotency-Key': 'lost-model' };
    await api.call('POST', '/api/chat', body, key);
    const again = await elsewhere.api.call('POST', '/api/chat', body, key);
    expect([again.status, again.body.reply]).toEqual([200, 'Hello from upstream']);
    expect((await elsewhere.api.stream(body, key)).text).toBe('Hello from upstream');
    const completion = { model: 'gpt-4', messages: [{ role: 'user', content: 'pay' }] };
    const completed = { 'Idempotency-Key': 'lost-completion' };
    await api.call('POST', '/v1/chat/completions', completion, completed);
    const repeated = await elsewhere.api.call(
      'POST',
      '/v1/chat/completions',
      completion,
      completed,
    );
    expect(repeated.body).toMatchObject({
      model: 'gpt-4',
      choices: [{ message: { content: 'Hello from upstream' } }],
    });
    expect(upstream.requests).toHaveLength(2);
    const other = await elsewhere.api.call('POST', '/api/chat', { ...body, message: 'x' }, key);
    expectError(other, 422);
    expectError(await elsewhere.api.call('POST', '/api/chat', body), 400);
  });

  test('repeating a failed send with its key returns the same failure', async () => {
    upstream.behave(status(401));
    const key = { 'Idempotency-Key': 'fails' };
    const body = { message: 'fail' };
    const first = await api.call('POST', '/api/chat', body, key);
    const again = await api.call('POST', '/api/chat', body, key);
    expect([first.status, again.status]).toEqual([500, 500]);
    expect(again.body.error).toBe(first.body.error);
    expect(upstream.requests).toHaveLength(1);
  });

  test('another process streams a running turn, and can stop it', async () => {
    upstream.behave(stallAfter('Once', ' upon'));
    const id = await api.createSession();
    await sendAndLeave(id, 'upon', 'elsewhere');
    const watching = elsewhere.api.watch('elsewhere');
    expect((await elsewhere.api.call('DELETE', '/api/chat/stream/elsewhere')).status).toBe(204);
    // instances.test.ts measures how soon.
    await upstream.requests[0]?.closed;
    const seen = await watching;
    expect(seen.text).toBe('Once upon');
    expect(seen.last).toMatchObject({ done: true, state: 'stopped' });
    expect(await api.messages(id)).toMatchObject([{}, { content: 'Once upon', state: 'stopped' }]);
  });

  test('deleting a session ends its turn, and nothing reappears', async () => {
    upstream.behave(stallAfter('Once'));
    const id = await api.createSession();
    await sendAndLeave(id, 'Once', 'deleted');
    await api.call('DELETE', `/api/sessions/${id}`);
    await upstream.requests[0]?.closed;
    expect((await api.call('GET', `/api/sessions/${id}`)).status).toBe(404);
    expect(
      (await api.call('GET', '/api/sessions')).body.map((row: { id: string }) => row.id),
    ).not.toContain(id);
  });

  test('without a session the upstream connection closes when the client disconnects', async () => {
    upstream.behave(stallAfter('Once'));
    const reading = await readSend(api, { message: 'hi' });
    await reading.seen('Once');
    reading.leave();
    expect(upstream.requests).toHaveLength(1);
    await upstream.requests[0]?.closed;
  });

  test('without a session, a client that lost the stream and sends again gets the same reply', async () => {
    const spoken = spokenBy(upstream);
    const key = { 'Idempotency-Key': 'lost-stream' };
    const id = { 'X-Request-ID': 'lost-stream' };
    const reading = await readSend(api, { message: 'hi' }, { ...key, ...id });
    await expect.poll(() => upstream.requests.length).toBe(1);
    reading.leave();
    const again = api.call('POST', '/api/chat', { message: 'hi' }, key);
    await expect
      .poll(() =>
        app
          .logged()
          .some(
            (line) => line['path'] === '/api/chat/stream' && line['request_id'] === 'lost-stream',
          ),
      )
      .toBe(true);
    spoken.say('paid once');
    spoken.finish();
    expect((await again).body.reply).toBe('paid once');
    expect(upstream.requests).toHaveLength(1);
  });

  test('stopping a failed turn keeps its message; dismissing deletes it', async () => {
    const id = await api.createSession();
    await api.stream({ message: 'before', session_id: id });
    upstream.behave(status(401));
    const { headers } = await api.stream({ message: 'keep me', session_id: id });
    const at = `/api/chat/stream/${headers.get('x-request-id') ?? ''}`;
    const kept = async () =>
      (await api.call('GET', `/api/page?session_id=${id}`)).body.session.failed;
    expect((await api.call('DELETE', at)).status).toBe(204);
    expect(await kept()).toMatchObject([{ text: 'keep me' }]);
    expect((await api.call('DELETE', `${at}?dismiss=yes`)).status).toBe(400);
    expect((await api.call('DELETE', `${at}?dismiss=true`)).status).toBe(204);
    expect(await kept()).toEqual([]);
  });

  test('a process that shuts down lets a turn end, and exits with 0', async () => {
    const gate = Promise.withResolvers<void>();
    upstream.behave(async (response) => {
      openStream(response).write(token('Once'));
      await gate.promise;
      response.end(token(' upon') + FINISH + DONE);
    });
    const ending = await deployment.borrow();
    const id = await api.createSession();
    await sendAndLeave(id, 'Once', 'drain', ending.api);
    const stopped = ending.stop('SIGTERM');
    await expect.poll(async () => (await ending.api.call('GET', '/health/ready')).status).toBe(503);
    gate.resolve();
    expect(await stopped).toBe(0);
    expect(await api.messages(id)).toMatchObject([{}, { content: 'Once upon' }]);
  });
});
