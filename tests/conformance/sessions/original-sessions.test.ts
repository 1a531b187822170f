import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, SQLITE } from '../../databases/engines';
import type { ApiAnswer, ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError, expectHeaders, UUID } from '../../setup/expectations';
import { status, type Upstream } from '../../upstream/upstream';

/** Black-box versions of the original's session tests, and of the gaps that it listed. */
describe.each(bothAtLength(SQLITE))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;
  let app: Instance;
  let api: ApiClient;

  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
    app = await deployment.start({ CHAT_MEMORY_ENABLED: 'true' });
    ({ api } = app);
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
  });

  test('a session is created and listed with its last activity', async () => {
    const created = await api.call('POST', '/api/sessions', { title: '  My session  ' });
    expect(created.status).toBe(200);
    expect(created.body).toEqual({
      id: expect.stringMatching(UUID),
      title: 'My session',
      created_at: expect.stringMatching(/\+00:00$/),
      updated_at: expect.stringMatching(/\+00:00$/),
    });
    expectHeaders(created);
    const listed = await api.call('GET', '/api/sessions');
    expectHeaders(listed);
    const row = listed.body.find(({ id }: { id: string }) => id === created.body.id);
    expect(Object.keys(row)).toEqual(['id', 'title', 'created_at', 'last_activity']);
  });

  test('the list is paginated, and each page links to the next', async () => {
    for (let n = 0; n < 3; n += 1) await api.createSession(`page ${String(n)}`);
    const { body: all } = await api.call('GET', '/api/sessions');
    const seen: unknown[] = [];
    let path: string | undefined = '/api/sessions?limit=2';
    while (path) {
      const { body, headers }: ApiAnswer = await api.call('GET', path);
      seen.push(...body);
      path = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(all);
    expectError(await api.call('GET', '/api/sessions?cursor=x'), 400, 'Validation error');
    expectError(await api.call('GET', '/api/sessions?limit=501'), 400, 'Validation error');
  });

  test.each([
    ['no body', undefined, null],
    ['a blank title', { title: '   ' }, null],
    ['a title that is null', { title: null }, null],
    ['other keys', { title: 'x', colour: 'red' }, 'x'],
  ])('a session is created with %s', async (_, body, title) => {
    expect(await api.call('POST', '/api/sessions', body)).toMatchObject({
      status: 200,
      body: { title },
    });
  });

  test('a session is read with its messages in order', async () => {
    const id = await api.createSession('read me');
    const appended = await api.call('POST', `/api/sessions/${id}/messages`, {
      role: 'user',
      content: ' one ',
      tokens: 2,
    });
    expect(appended.status).toBe(201);
    await api.call('POST', `/api/sessions/${id}/messages`, { role: 'assistant', content: 'two' });
    const read = await api.call('GET', `/api/sessions/${id}`);
    expectHeaders(read);
    const original = ['id', 'title', 'created_at', 'updated_at'];
    const settings = ['system_prompt', 'model', 'temperature', 'max_tokens'];
    expect(Object.keys(read.body)).toEqual([
      ...original,
      ...settings,
      'head',
      'version',
      'messages',
    ]);
    const { parent_id: parent, siblings, ...message } = read.body.messages[0];
    expect(message).toEqual(appended.body);
    expect([parent, siblings]).toEqual([null, [message.id]]);
    expect(Object.keys(appended.body)).toEqual(['id', 'role', 'content', 'tokens', 'created_at']);
    expect(read.body.messages).toMatchObject([
      { content: ' one ', tokens: 2 },
      { content: 'two', tokens: null },
    ]);
  });

  test('a session is exported as JSON and Markdown, as in the original', async () => {
    const id = await api.createSession('To export');
    await api.call('POST', '/api/chat', { message: 'hi', session_id: id });
    // The merge after the reply updates the session again.
    await expect
      .poll(async () => (await api.call('GET', `/api/sessions/${id}/memory`)).body.memory)
      .toBe('- merged');
    const { body: session } = await api.call('GET', `/api/sessions/${id}`);
    const [question, replied] = session.messages;
    const json = await api.call('GET', `/api/sessions/${id}/export`);
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json.headers.get('content-disposition')).toBe(
      `attachment; filename="session_${id}.json"`,
    );
    const file = {
      id,
      title: 'To export',
      created_at: session.created_at,
      updated_at: json.body.updated_at,
      messages: [question, replied].map(({ role, content, tokens, created_at }) => ({
        role,
        content,
        tokens,
        created_at,
      })),
    };
    expect(json.text).toBe(JSON.stringify(file, null, 2));
    const markdown = await api.call('GET', `/api/sessions/${id}/export?format=MD`);
    expectHeaders(markdown);
    expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(markdown.headers.get('content-disposition')).toBe(
      `attachment; filename="session_${id}.md"`,
    );
    expect(markdown.text).toBe(
      [
        '# Session: To export',
        `_Created_: ${session.created_at}`,
        `_Updated_: ${json.body.updated_at}`,
        '',
        `## User  (${question.created_at})`,
        '',
        'hi',
        '',
        `## Assistant  (${replied.created_at})`,
        '',
        'Hello from upstream',
        '',
      ].join('\n'),
    );
  });

  test('an invalid format is reported before an unknown session', async () => {
    expectError(
      await api.call('GET', '/api/sessions/none/export?format=pdf'),
      400,
      'Invalid format; use json|md',
    );
    expectError(await api.call('GET', '/api/sessions/none/export'), 404, 'Session not found');
  });

  test('deleting a session deletes its messages', async () => {
    const id = await api.createSession();
    await api.call('POST', `/api/sessions/${id}/messages`, { role: 'user', content: 'x' });
    expect(await api.call('DELETE', `/api/sessions/${id}`)).toMatchObject({
      status: 204,
      text: '',
    });
    expectError(await api.call('GET', `/api/sessions/${id}`), 404, 'Session not found');
    expectError(await api.call('DELETE', `/api/sessions/${id}`), 404);
  });

  test('an unknown session is 404 for every method', async () => {
    const path = '/api/sessions/b7a2f9a0-0000-4000-8000-000000000000';
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['PATCH', '', { title: 'x' }],
      ['POST', '/messages', { role: 'nobody' }],
      ['GET', '/export', undefined],
      ['GET', '/memory', undefined],
      ['PUT', '/memory', { memory: 'x' }],
      ['GET', '/memory/revisions', undefined],
      ['POST', '/restore', undefined],
    ] as const) {
      const refused = await api.call(method, path + suffix, body);
      expectError(refused, 404, 'Session not found');
      expectHeaders(refused);
    }
    expectError(await api.call('GET', '/api/sessions/%00'), 404, 'Session not found');
    const nowhere = { message: 'hi', session_id: 'x\0' };
    expectError(await api.call('POST', '/api/chat', nowhere), 404, 'Session not found');
    expect((await api.call('GET', '/api/page?session_id=%00')).body.session).toBeNull();
  });

  test.each([
    ['a role', { role: 'system', content: 'x' }, 'role'],
    ['a content', { role: 'user' }, 'content'],
    ['an empty content', { role: 'user', content: '' }, 'content'],
    ['negative tokens', { role: 'user', content: 'x', tokens: -1 }, 'tokens'],
    ['tokens beyond counting', { role: 'user', content: 'x', tokens: 2 ** 31 }, 'tokens'],
  ])('appending a message with an invalid field is refused: %s', async (_, body, field) => {
    const refused = await api.call(
      'POST',
      `/api/sessions/${await api.createSession()}/messages`,
      body,
    );
    expectError(refused, 400, 'Validation error');
    expect(refused.body.details[0].loc).toEqual([field]);
  });

  test('renaming trims and persists; invalid titles are reported before an unknown session', async () => {
    const id = await api.createSession();
    const renamed = await api.call('PATCH', `/api/sessions/${id}`, { title: '  New name ' });
    expect(renamed).toMatchObject({ status: 200, body: { id, title: 'New name' } });
    expect((await api.call('GET', `/api/sessions/${id}`)).body.title).toBe('New name');
    for (const title of ['', '   ', null, 5, 'x'.repeat(201)]) {
      expectError(
        await api.call('PATCH', '/api/sessions/none', { title }),
        400,
        'Validation error',
      );
    }
    expectError(await api.call('PATCH', '/api/sessions/none', {}), 400, 'Validation error');
    expectError(await api.call('PATCH', '/api/sessions/none', { title: 'x' }), 404);
  });

  test('memory is merged after the reply, pinned into the next prompt, and can be read and edited', async () => {
    const id = await api.createSession();
    const path = `/api/sessions/${id}/memory`;
    const first = await api.call('POST', '/api/chat', { message: 'I like tea', session_id: id });
    await expect.poll(async () => (await api.call('GET', path)).body.memory).toBe('- merged');
    expect(upstream.merges[0]?.body.model).toBe('gpt-3.5-turbo');
    await api.call('POST', '/api/chat', { message: 'next', session_id: id });
    const [system, ...others] = upstream.requests.at(-1)?.body.messages ?? [];
    expect(system).toMatchObject({
      role: 'system',
      content: expect.stringMatching(/\S\n\nSession memory \(pinned\): - merged$/),
    });
    expect(others.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    const edited = await api.call('PUT', path, { memory: '- mine', enabled: false });
    expect(edited.body).toMatchObject({ memory: '- mine', enabled: false });
    expectError(await api.call('PUT', path, {}), 400, 'Validation error');
    expectError(await api.call('PUT', path, { memory: 'x'.repeat(2001) }), 400, 'Validation error');
    await api.call('POST', '/api/chat', { message: 'again', session_id: id });
    expect(upstream.requests.at(-1)?.body.messages[0]?.content).not.toContain('pinned');
    expect(await api.call('DELETE', path)).toMatchObject({ status: 204 });
    const { body: revisions } = await api.call('GET', `${path}/revisions`);
    expect(
      revisions.map(({ memory, author }: Record<string, unknown>) => [memory, author]),
    ).toEqual([
      [null, 'user'],
      ['- mine', 'user'],
      ['- merged', 'model'],
    ]);
    expect(revisions.at(-1).turn).toBe(first.body.request_id);
  });

  test('a failed merge affects neither the reply nor the memory', async () => {
    const id = await api.createSession();
    upstream.behaveMerging(status(400));
    expect((await api.call('POST', '/api/chat', { message: 'hi', session_id: id })).status).toBe(
      200,
    );
    await expect
      .poll(() => app.logged().some(({ event }) => event === 'session.memory.update_failed'))
      .toBe(true);
    expect((await api.call('GET', `/api/sessions/${id}/memory`)).body.memory).toBeNull();
  });
});
