import { lengthOf, textOf } from '@/lib/reply/entry';
import { replyLog } from '@/lib/reply/log';
import type { Part } from '@/lib/reply/parts';
import { sourcesOf, sourceText, type Source } from '@/lib/reply/source';

/** An API client: with a key, or like a browser with a cookie jar. */
export interface ApiClient {
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer>;
  /** Sends on the stream route; resolves when the stream has ended. */
  stream(body: unknown, headers?: Record<string, string>): Promise<StreamAnswer>;
  /** Resumes a turn after this frame; resolves when the stream has ended. */
  watch(requestId: string, lastEventId?: string): Promise<StreamAnswer>;
  /** Resolves with the session's id. */
  createSession(title?: string): Promise<string>;
  /** All messages of the session. */
  messages(sessionId: string): Promise<StoredMessage[]>;
  fetch(path: string, init?: Init): Promise<Response>;
}

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests assert the fields that they read.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface StreamAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly raw: string;
  readonly ids: string[];
  readonly frames: Frame[];
  /** The reader's final text and reasoning. */
  readonly text: string;
  readonly reasoning: string;
  readonly sources: readonly Source[];
  readonly last: Frame | undefined;
}

export interface Frame {
  readonly request_id?: string;
  readonly token?: string;
  readonly reasoning?: string;
  readonly source?: Source;
  readonly done?: boolean;
  readonly error?: string;
  readonly code?: number;
  readonly state?: string;
  readonly cut?: string;
  readonly finish?: string;
  readonly thought_ms?: number;
  readonly reply_id?: string;
  readonly retry_after?: number;
  readonly usage?: { total_tokens: number };
}

export interface StoredMessage {
  readonly id: string;
  readonly role: string;
  readonly content: string;
  readonly state?: string;
  readonly request_id?: string;
  readonly parts?: readonly Part[];
}

const TEST_KEY = 'test-key-of-the-first-owner';
export const OTHER_KEY = 'test-key-of-the-other-owner';
export const API_KEYS = `first:${TEST_KEY},other:${OTHER_KEY}`;

/** By a key or, as a browser, by these headers. */
export function apiClient(
  url: string,
  by: string | Readonly<Record<string, string>> = TEST_KEY,
): ApiClient {
  const identity = typeof by === 'string' ? { Authorization: `Bearer ${by}` } : by;
  const send = (path: string, init: Init = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { ...identity, ...init.headers } });
  const call: ApiClient['call'] = async (method, path, body, headers = {}) => {
    const response = await send(path, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : null,
    };
  };
  return {
    fetch: send,
    call,
    async stream(body, headers = {}) {
      const response = await send('/api/chat/stream', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return readStream(response);
    },
    async watch(requestId, lastEventId) {
      const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
      return readStream(await send(`/api/chat/stream/${requestId}`, { headers }));
    },
    createSession: async (title) => (await call('POST', '/api/sessions', { title })).body.id,
    messages: async (sessionId) =>
      (await call('GET', `/api/sessions/${sessionId}`)).body.messages as StoredMessage[],
  };
}

async function readStream(response: Response): Promise<StreamAnswer> {
  const raw = await response.text();
  const frames = [...raw.matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? '') as Frame,
  );
  const ids = [...raw.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? '');
  return {
    status: response.status,
    headers: response.headers,
    raw,
    ids,
    frames,
    ...replyOf(frames, ids),
    last: frames.at(-1),
  };
}

/** The reply from the first frame's position on: each piece at the place that its frame's id gives it. */
function replyOf(frames: readonly Frame[], ids: readonly string[]) {
  const start = Number(ids[0]);
  const log = replyLog();
  for (const [at, { token, reasoning, source }] of frames.entries()) {
    const piece = token ?? reasoning ?? (source && sourceText(source));
    if (piece === undefined) continue;
    const kind = source ? 'source' : token === undefined ? 'reasoning' : 'text';
    log.cut(Number(ids[at]) - lengthOf({ kind, text: piece }) - start);
    log.append(kind, piece);
  }
  const entries = log.since(0);
  return {
    text: textOf(entries),
    reasoning: textOf(entries, 'reasoning'),
    sources: sourcesOf(entries),
  };
}
