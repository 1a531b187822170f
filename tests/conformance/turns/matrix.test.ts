import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { freePort } from '../../programs/free-port';
import {
  cutAfter,
  DONE,
  FINISH,
  hang,
  html,
  raw,
  redirectTo,
  stallAfter,
  status,
  token,
  type Behaviour,
  type Upstream,
} from '../../upstream/upstream';

/** Whatever an upstream does, a turn has one end, and the response, the turn and the session agree on it. */
let deployment: Deployment;
let upstream: Upstream;
let api: ApiClient;
/** An instance with an unreachable upstream. */
let alone: ApiClient;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), {
    UPSTREAM_TIMEOUT_MS: '1000',
    UPSTREAM_IDLE_TIMEOUT_MS: '1000',
    BREAKER_THRESHOLD: '100000',
  });
  ({ upstream } = deployment);
  const nowhere = `http://127.0.0.1:${String(await freePort())}/v1`;
  ({ api } = await deployment.start());
  ({ api: alone } = await deployment.start({ OPENAI_BASE_URL: nowhere }));
});
afterAll(() => deployment.remove());

interface Outcome {
  readonly state: 'complete' | 'interrupted' | 'failed';
  readonly text: string;
  readonly error?: RegExp;
}

const failed = (error: RegExp): Outcome => ({ state: 'failed', text: '', error });
const CUT: Outcome = { state: 'interrupted', text: 'Once upon', error: /cut off/ };
const WHOLE: Outcome = { state: 'complete', text: 'Once upon' };
const GREETING = 'Grüße 😀 你好';
const reset: Behaviour = (response) => void response.destroy();
const bytesOf = (text: string) => Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte));
const windows = (text: string) => text.replaceAll('\n', '\r\n');

const FAULTS: [name: string, Behaviour | null, Outcome][] = [
  ['is not there', null, failed(/could not be reached/)],
  ['closes the connection', reset, failed(/could not be reached/)],
  ['answers 401', status(401), failed(/did not accept the API key/)],
  ['answers 429', status(429, {}, { 'retry-after': '60' }), failed(/busy/)],
  ['answers 500', status(500), failed(/server reported an error/)],
  ['answers HTML', html, failed(/could not be read/)],
  ['redirects', redirectTo('http://127.0.0.1:1/v1'), failed(/refused the request/)],
  ['never answers', hang, failed(/too long/)],
  ['answers nothing', raw(), failed(/could not be read/)],
  ['ends without a word', raw(FINISH + DONE), failed(/returned an empty reply/)],
  [
    'sends only what cannot be read',
    raw('data: {broken\n\n', DONE),
    failed(/returned an empty reply/),
  ],
  ['falls silent', stallAfter('Once', ' upon'), CUT],
  ['breaks off', cutAfter('Once', ' upon'), CUT],
  ['ends in the middle', raw(token('Once'), token(' upon')), CUT],
  [
    'reports an error late',
    raw(token('Once upon'), 'data: {"error":{"message":"secret"}}\n\n'),
    CUT,
  ],
  ['garbles a chunk', raw(token('Once'), 'data: {broken\n\n', token(' upon'), FINISH, DONE), WHOLE],
  ['forgets [DONE]', raw(token('Once upon'), FINISH), WHOLE],
  ['writes CRLF', raw(windows(token('Once') + token(' upon') + FINISH + DONE)), WHOLE],
  [
    'cuts characters',
    raw(...bytesOf(token(GREETING) + FINISH + DONE)),
    { ...WHOLE, text: GREETING },
  ],
];

const SLOWEST_MS = 20_000;

const BODY = { message: 'Tell me' };

/** The ways to send, with the result that they must agree on. `once`: there was exactly one terminal response. */
const SEND = {
  async stream(from: ApiClient, sessionId: string | null) {
    const {
      status: code,
      text,
      frames,
      last,
    } = await from.stream({ ...BODY, session_id: sessionId });
    const [end, ...more] = frames.filter(({ done }) => done);
    const once = code === 200 && end !== undefined && end === last && more.length === 0;
    return {
      requestId: frames[0]?.request_id,
      once,
      text,
      error: last?.error ?? '',
      code: end?.code,
    };
  },
  async plain(from: ApiClient, sessionId: string | null) {
    const answer = await from.call('POST', '/api/chat', { ...BODY, session_id: sessionId });
    const { request_id: requestId, reply = '', error = '', code } = answer.body;
    return { requestId, once: answer.status === (code ?? 200), text: reply, error, code };
  },
};

async function messagesOf(from: ApiClient, sessionId: string | null) {
  if (sessionId === null) return null;
  const messages = await from.messages(sessionId);
  return messages.map(({ content, state = 'complete' }) => ({ content, state }));
}

test.each(FAULTS)('an upstream that %s', async (_, behaviour, { state, text, error }) => {
  const from = behaviour ? api : alone;
  if (behaviour) upstream.behave(behaviour);
  const startedAt = performance.now();
  const ways = (['stream', 'plain'] as const).flatMap((way) =>
    [true, false].map((kept) => ({ way, kept })),
  );
  await Promise.all(
    ways.map(async ({ way, kept }) => {
      const sessionId = kept ? await from.createSession() : null;
      const { requestId, ...answer } = await SEND[way](from, sessionId);
      expect(answer).toEqual({
        once: true,
        // An error of the plain route has no partial reply; a session keeps it.
        text: way === 'plain' && error ? '' : text,
        error: expect.stringMatching(error ?? /^$/),
        code: error && 500,
      });
      expect((await from.watch(requestId)).last).toMatchObject({ done: true, state });
      const question = { content: 'Tell me', state: 'complete' };
      const stored = state === 'failed' ? [] : [question, { content: text, state }];
      expect(await messagesOf(from, sessionId)).toEqual(sessionId === null ? null : stored);
    }),
  );
  expect(performance.now() - startedAt).toBeLessThan(SLOWEST_MS);
});
