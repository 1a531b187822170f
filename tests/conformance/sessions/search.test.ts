import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { answer } from '../../upstream/upstream';

const HOSTILE = [
  '"',
  '""',
  '"a',
  "'; drop table messages; --",
  "it''s \\",
  'a AND b OR NOT c NEAR(d e, 2)',
  'tokens:a',
  '*',
  'a*b*',
  '^a -b +c (d',
  '| & ! <-> :*',
  '%_\\%',
  '\ud800',
  '\ud83d x',
  '\u0001\u001f',
  '\u202e\u200b\ufeff',
  'a'.repeat(500),
  'a '.repeat(250),
  '"a" '.repeat(125),
  '猫'.repeat(500),
  '🎉'.repeat(250),
  Array.from({ length: 500 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(''),
  Array.from({ length: 100 }, (_, n) => `w${String(n)}`).join(' '),
  'e' + '\u0301'.repeat(499),
];
const REFUSED = ['', '   ', 'a\u0000b', 'a'.repeat(501), 'x'.repeat(10_000)];

describe.each(bothAtLength(POSTGRES))('GET /api/search on $name', ({ empty }) => {
  let deployment: Deployment;
  let app: Instance;
  let api: ApiClient;
  let sessionId: string;
  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    app = await deployment.start();
    ({ api } = app);
    sessionId = await api.createSession('Harbour plans');
  });
  afterAll(() => deployment.remove());

  const search = (query: Record<string, string>, client = api) =>
    client.call('GET', `/api/search?${new URLSearchParams(query).toString()}`);

  test('a turn and a title are found, with what to show of them', async () => {
    deployment.upstream.behave(answer('The lighthouse keeper answers.'));
    const sent = { message: 'Where is the lighthouse?', session_id: sessionId };
    expect((await api.call('POST', '/api/chat', sent)).status).toBe(200);
    const { status, body, headers } = await search({ q: 'lighthouse' });
    expect(status).toBe(200);
    expect(headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/);
    const stored = await api.call('GET', `/api/sessions/${sessionId}`);
    const [question, reply] = stored.body.messages as { id: string }[];
    const common = {
      session_id: sessionId,
      kind: 'message',
      title: 'Harbour plans',
      created_at: expect.any(String),
    };
    expect(body.results).toHaveLength(2);
    expect(body.results).toEqual(
      expect.arrayContaining([
        {
          ...common,
          message_id: question?.id,
          role: 'user',
          snippet: 'Where is the lighthouse?',
          highlights: [[13, 23]],
        },
        {
          ...common,
          message_id: reply?.id,
          role: 'assistant',
          snippet: 'The lighthouse keeper answers.',
          highlights: [[4, 14]],
        },
      ]),
    );
    expect((await search({ q: 'harb' })).body.results).toMatchObject([
      { kind: 'title', message_id: null, role: null, snippet: 'Harbour plans' },
    ]);
    expect((await search({ q: 'lighthouse', role: 'user' })).body.results).toHaveLength(1);
    expect((await search({ q: 'lighthouse', after: '2100-01-01' })).body).toEqual({ results: [] });
  });

  test('the next page is in the Link header, until there is none', async () => {
    const id = await api.createSession();
    for (let n = 0; n < 25; n += 1)
      await api.call('POST', `/api/sessions/${id}/messages`, {
        role: 'user',
        content: `gull ${String(n)}`,
      });
    const first = await search({ q: 'gull', role: 'user', after: '2020-01-01T00:00:00+00:00' });
    const [, next = ''] = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? [];
    expect(new URL(next, app.url).searchParams.get('role')).toBe('user');
    const second = await api.call('GET', next);
    expect(second.headers.get('link')).toBeNull();
    const contents = [...first.body.results, ...second.body.results].map(({ snippet }) => snippet);
    expect(contents).toHaveLength(25);
    expect(new Set(contents).size).toBe(25);
  });

  test.each([
    [{ q: 'a', role: 'system' }, 'role'],
    [{ q: 'a', after: 'yesterday' }, 'after'],
    [{ q: 'a', before: '2026-13-45' }, 'before'],
    [{ q: 'a', cursor: 'nonsense' }, 'cursor'],
    [{ role: 'user' }, 'q'],
  ])('%j is refused, and the error names %s', async (query, field) => {
    const { status, body } = await search(query);
    expect(status).toBe(400);
    expect(body.details).toMatchObject([{ loc: [field], msg: expect.any(String) }]);
  });

  test('whatever is asked for is text or a 400, never a fault', async () => {
    for (const q of HOSTILE) expect([q, (await search({ q })).status]).toEqual([q, 200]);
    for (const q of REFUSED)
      expect([q.length, (await search({ q })).status]).toEqual([q.length, 400]);
    const raw = ['%', '%ff%fe', '%c0%80', '%ed%a0%80', 'a&q=b&q=%00', 'a'.repeat(10_000)];
    for (const q of raw) {
      const { status } = await api.call('GET', `/api/search?q=${q}`);
      expect([q.slice(0, 20), status < 500]).toEqual([q.slice(0, 20), true]);
    }
  });

  test('no other owner finds anything, and what is searched for is in no log', async () => {
    const needle = 'xylophone';
    await api.call('POST', `/api/sessions/${sessionId}/messages`, {
      role: 'user',
      content: needle,
    });
    const other = apiClient(app.url, OTHER_KEY);
    expect((await search({ q: needle }, other)).body).toEqual({ results: [] });
    expect((await search({ q: needle })).body.results).toHaveLength(1);
    await search({ q: needle, after: 'never' });
    await fetch(`${app.url}/s/${sessionId}?q=${needle}&message=${needle}`);
    const logged = () => JSON.stringify(app.logged());
    await expect.poll(logged).toContain(`/s/${sessionId}`);
    expect(logged()).toContain('/api/search');
    expect(logged()).not.toContain(needle);
  });
});
