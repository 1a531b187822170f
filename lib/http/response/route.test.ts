import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keyHolder } from '@/lib/accounts/principal';
import { AppError } from '@/lib/errors';
import { json } from './json';

vi.stubEnv('APP_SECRET', 'a secret that only these tests know');
vi.stubEnv('LOG_LEVEL', 'silent');
const { route } = await import('./route');
const { signRequest } = await import('@/lib/http/identity/internal-signature');
const me = keyHolder('me');

let ended: (() => void)[] = [];
beforeEach(() => {
  ended = [];
});
const whenEnded = (task: () => void) => ended.push(task);

/** A request as the middleware passes it on. */
const through = (
  method = 'GET',
  more: Record<string, string> = {},
  signal: AbortSignal | null = null,
) => new Request('http://here/api/things/7', { method, signal, headers: passed(more) });
const passed = (more: Record<string, string>) => {
  const headers = new Headers({ 'x-request-id': 'r1' });
  signRequest(headers, 'r1', { principal: me, known: true, address: '1.1.1.1' });
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return headers;
};
const at = (params: object) => ({ params: Promise.resolve(params) });

const things = route(
  '/api/things/:id',
  {
    GET: (_request, { principal, requestId, params }) =>
      Promise.resolve(json({ principal, requestId, id: params.id })),
    PUT: () =>
      Promise.reject(new AppError({ kind: 'upstream', reason: 'limited', retryAfterSeconds: 8.2 })),
    DELETE: () => Promise.reject(new Error('the password is hunter2')),
    POST: () => Promise.resolve(new Response('x', { headers: { 'Cache-Control': 'no-cache' } })),
  },
  whenEnded,
);

test('a handler receives the caller, the request id and the path parameters', async () => {
  const response = await things.GET(through(), at({ id: '7' }));
  expect(await response.json()).toEqual({ principal: me, requestId: 'r1', id: '7' });
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('a handler’s own Cache-Control is kept', async () => {
  const response = await things.POST(through('POST'), at({ id: '7' }));
  expect(response.headers.get('cache-control')).toBe('no-cache');
});

test.each([
  ['an empty caller', { 'x-ask-caller': '' }],
  ['a made-up caller', { 'x-ask-caller': `${'x'.repeat(43)}.e30` }],
  ['the caller of another request', { 'x-request-id': 'r2' }],
])('a request with %s is refused', async (_, headers) => {
  const response = await things.GET(through('GET', headers), at({ id: '7' }));
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: 'Forbidden', code: 403 });
});

test('a request without a caller is refused', async () => {
  const response = await things.GET(new Request('http://here/api/things/7'), at({ id: '7' }));
  expect(response.status).toBe(403);
});

test.each(['../secret', 'a b', 'x'.repeat(129), '', ['a', 'b']])(
  'an id such as %j never reaches a handler',
  async (id) => {
    const response = await things.GET(through(), at({ id }));
    expect(await response.json()).toMatchObject({ id: '-' });
  },
);

test('an unsupported method is 405 with Allow', async () => {
  const response = await things.PATCH(through('PATCH'), at({ id: '7' }));
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD, POST, PUT, DELETE, OPTIONS');
  const options = await things.OPTIONS(through('OPTIONS'), at({ id: '7' }));
  expect([options.status, options.headers.get('allow')]).toEqual([
    204,
    'GET, HEAD, POST, PUT, DELETE, OPTIONS',
  ]);
});

test('a known failure has its status, sentence and headers', async () => {
  const response = await things.PUT(through('PUT'), at({ id: '7' }));
  expect(response.headers.get('retry-after')).toBe('9');
  expect(await response.json()).toEqual({
    kind: 'upstream',
    reason: 'limited',
    error: 'The server of the model is busy, or its rate limit is reached. Try again in a moment.',
    code: 500,
    request_id: 'r1',
  });
});

test('an unknown error reveals nothing', async () => {
  const response = await things.DELETE(through('DELETE'), at({ id: '7' }));
  expect(await response.json()).toEqual({
    kind: 'internal',
    error: 'Internal Server Error',
    code: 500,
    request_id: 'r1',
  });
});

test('HEAD has the headers of GET, and cancels its stream', async () => {
  let left = false;
  const streaming = route(
    '/api/stream',
    {
      GET: () => {
        const body = new ReadableStream({
          cancel() {
            left = true;
          },
        });
        return Promise.resolve(new Response(body, { headers: { 'X-Of': 'get' } }));
      },
    },
    whenEnded,
  );
  const response = await streaming.HEAD(through('HEAD'), at({}));
  expect([response.status, response.headers.get('x-of'), response.body]).toEqual([
    200,
    'get',
    null,
  ]);
  expect(left).toBe(true);
});

test('the access log is written when the response has ended', async () => {
  await things.GET(through(), at({ id: '7' }));
  expect(ended).toHaveLength(1);
  for (const task of ended) task();
});

test.each(['before its stream is there', 'before its stream is read'])(
  'a client that disconnects %s ends it',
  async (when) => {
    const leaving = new AbortController();
    const cancelled = vi.fn<() => void>();
    const streams = route(
      '/api/things/:id',
      {
        GET() {
          if (when === 'before its stream is there') leaving.abort();
          return Promise.resolve(new Response(new ReadableStream({ cancel: cancelled })));
        },
      },
      whenEnded,
    );
    await streams.GET(through('GET', {}, leaving.signal), at({ id: '7' }));
    leaving.abort();
    expect(cancelled).toHaveBeenCalledOnce();
  },
);

test('a client that disconnects before the response is logged as 499, but another error as itself', async () => {
  const leaving = new AbortController();
  const waits = route(
    '/api/things/:id',
    {
      GET(request) {
        leaving.abort();
        return Promise.reject(request.signal.reason as Error);
      },
      PUT: () => Promise.reject(new Error('broken')),
    },
    whenEnded,
  );
  expect((await waits.GET(through('GET', {}, leaving.signal), at({ id: '7' }))).status).toBe(499);
  expect((await waits.PUT(through('PUT', {}, leaving.signal), at({ id: '7' }))).status).toBe(500);
});

test('a response about a turn has the turn’s id, also if it fails', async () => {
  const named = route(
    '/api/things/:id',
    {
      GET: (_request, { respondAs }) => {
        respondAs('turn');
        return Promise.resolve(json({}));
      },
      PUT: (_request, { respondAs }) => {
        respondAs('turn');
        return Promise.reject(new AppError({ kind: 'not-found', reason: 'turn' }));
      },
    },
    whenEnded,
  );
  const answered = await named.GET(through(), at({ id: '7' }));
  expect(answered.headers.get('x-request-id')).toBe('turn');
  const failed = await named.PUT(through('PUT'), at({ id: '7' }));
  expect(failed.headers.get('x-request-id')).toBe('turn');
  expect(await failed.json()).toMatchObject({ request_id: 'turn' });
});

describe('the resources of a request are released once', () => {
  const gone: string[] = [];
  let fail = false;
  const holding = route(
    '/api/things/:id',
    {
      GET: async (request, { onClose }) => {
        onClose(() => gone.push('gone'));
        await Promise.resolve();
        request.signal.throwIfAborted();
        if (fail) throw new Error('broken');
        return json({});
      },
    },
    whenEnded,
  );
  beforeEach(() => {
    gone.length = 0;
    fail = false;
  });

  test('when its response has ended', async () => {
    await holding.GET(through(), at({ id: '7' }));
    expect(gone).toEqual([]);
    for (const task of ended) task();
    expect(gone).toEqual(['gone']);
  });

  test('when its client disconnects, before and after the response', async () => {
    const early = new AbortController();
    early.abort();
    await holding.GET(through('GET', {}, early.signal), at({ id: '7' }));
    expect(gone).toEqual(['gone']);
    const late = new AbortController();
    await holding.GET(through('GET', {}, late.signal), at({ id: '7' }));
    late.abort();
    for (const task of ended) task();
    expect(gone).toEqual(['gone', 'gone']);
  });

  test('when it fails', async () => {
    fail = true;
    expect((await holding.GET(through(), at({ id: '7' }))).status).toBe(500);
    for (const task of ended) task();
    expect(gone).toEqual(['gone']);
  });
});
