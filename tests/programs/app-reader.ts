import type { ApiClient, Frame } from './api-client';
import { unitsOf } from './units';

/** Reads the stream of a turn, and records when text arrived. */
export interface Reading {
  /** All text so far. */
  text(): string;
  /** All units so far, as one string. */
  content(): string;
  /** Resolves with the time when these words arrived; of the text, unless told otherwise. */
  seen(words: string, of?: () => string): Promise<number>;
  /** Resolves with the whole text when the stream has ended. */
  ended: Promise<string>;
  leave(): void;
}

const framesOf = (raw: string) =>
  [...raw.slice(0, raw.lastIndexOf('\n\n') + 2).matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? '{}') as Frame,
  );

type Headers = Readonly<Record<string, string>>;

/** Sends, and reads the reply as it streams. */
export const readSend = (api: ApiClient, body: object, headers: Headers = {}): Promise<Reading> =>
  read(api, '/api/chat/stream', { 'Content-Type': 'application/json', ...headers }, body);

/** Watches a turn. */
export const readWatch = (api: ApiClient, id: string, headers: Headers = {}): Promise<Reading> =>
  read(api, `/api/chat/stream/${id}`, headers);

async function read(
  api: ApiClient,
  path: string,
  headers: Headers,
  body?: object,
): Promise<Reading> {
  const leaving = new AbortController();
  const response = await api.fetch(path, {
    signal: leaving.signal,
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok || !response.body) throw new Error(`answered ${String(response.status)}`);
  let raw = '';
  const waiting = new Set<() => void>();
  const readAll = async () => {
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      raw += decoder.decode(piece, { stream: true });
      for (const look of waiting) look();
    }
    return raw;
  };
  const ended = readAll();
  ended.catch(() => undefined);
  const text = () =>
    framesOf(raw)
      .map(({ token }) => token ?? '')
      .join('');
  return {
    text,
    content: () => unitsOf(framesOf(raw)).join(''),
    ended,
    seen: (words, of = text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!of().includes(words)) return;
          waiting.delete(look);
          resolve(performance.now());
        };
        waiting.add(look);
        look();
      }),
    leave: () => {
      leaving.abort();
    },
  };
}
