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
  /** The reader's final text: each token at the offset in its frame's id. */
  readonly text: string;
  readonly last: Frame | undefined;
}

export interface Frame {
  readonly request_id?: string;
  readonly token?: string;
  readonly done?: boolean;
  readonly error?: string;
  readonly code?: number;
  readonly state?: string;
  readonly cut?: string;
  readonly reply_id?: string;
  readonly retry_after?: number;
  readonly usage?: { total_tokens: number };
}

export interface StoredMessage {
  readonly role: string;
  readonly content: string;
  readonly state?: string;
  readonly request_id?: string;
}

const TEST_KEY = 'test-key-of-the-first-owner';
export const OTHER_KEY = 'test-key-of-the-other-owner';
export const API_KEYS = `first:${TEST_KEY},other:${OTHER_KEY}`;

export function apiClient(url: string, key = TEST_KEY): ApiClient {
  const send = (path: string, init: Init = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${key}`, ...init.headers },
    });
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
    text: textOf(frames, ids),
    last: frames.at(-1),
  };
}

function textOf(frames: readonly Frame[], ids: readonly string[]): string {
  const start = Number(ids[0]);
  let text = '';
  for (const [at, { token = '' }] of frames.entries())
    text = text.slice(0, Number(ids[at]) - token.length - start) + token;
  return text;
}
