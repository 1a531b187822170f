import type { ApiClient } from './api-client';

/** Reads the stream of a turn, and records when text arrived. */
export interface Reading {
  /** All text so far. */
  text(): string;
  /** Resolves with the time when these words arrived. */
  seen(words: string): Promise<number>;
  /** Resolves with the whole text when the stream has ended. */
  ended: Promise<string>;
  leave(): void;
}

const tokensOf = (raw: string) =>
  [...raw.matchAll(/^data: (.*)$/gm)]
    .map(([, data]) => (JSON.parse(data ?? '{}') as { token?: string }).token ?? '')
    .join('');

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
  const text = () => tokensOf(raw.slice(0, raw.lastIndexOf('\n\n') + 2));
  return {
    text,
    ended,
    seen: (words) =>
      new Promise((resolve) => {
        const look = () => {
          if (!text().includes(words)) return;
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
