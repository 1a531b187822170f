import type { ApiClient } from './api-client';

/** A stream of a turn as it is read, and when each part of its text was first seen. */
export interface Reading {
  /** All text so far. */
  text(): string;
  /** Resolves with the time at which these words were there. */
  seen(words: string): Promise<number>;
  /** Resolves with everything, when the stream has ended. */
  ended: Promise<string>;
  leave(): void;
}

const tokensOf = (raw: string) =>
  [...raw.matchAll(/^data: (.*)$/gm)]
    .map(([, data]) => (JSON.parse(data ?? '{}') as { token?: string }).token ?? '')
    .join('');

type Headers = Readonly<Record<string, string>>;

/** Sends, and reads the reply as it comes. */
export const readSend = (api: ApiClient, body: object, headers: Headers = {}): Promise<Reading> =>
  readTurn(api, '/api/chat/stream', body, headers);

/** Watches a turn. */
export const readWatch = (api: ApiClient, id: string, headers: Headers = {}): Promise<Reading> =>
  readTurn(api, `/api/chat/stream/${id}`, undefined, headers);

/** Reads what this address streams; `body`: by a send, else by watching. */
export async function readTurn(
  api: ApiClient,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Reading> {
  const leaving = new AbortController();
  const response = await api.fetch(path, {
    signal: leaving.signal,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok || !response.body) throw new Error(`answered ${String(response.status)}`);
  let raw = '';
  const waiting = new Set<() => void>();
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      raw += decoder.decode(piece, { stream: true });
      for (const look of waiting) look();
    }
    return raw;
  };
  const ended = read();
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
