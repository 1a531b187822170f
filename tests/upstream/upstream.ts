import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** A request to the upstream. `closed` resolves when the response's connection closes, from either side. */
export interface UpstreamRequest {
  readonly body: {
    model: string;
    messages: { role: string; content: string }[];
    stream?: boolean;
    stream_options?: unknown;
    max_tokens?: number;
    max_completion_tokens?: number;
  };
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly authorization: string | undefined;
  /** Requests on the same connection have the same number. */
  readonly connection: number | undefined;
  readonly closed: Promise<void>;
}

/** Answers one request. */
export type Behaviour = (
  response: ServerResponse,
  request: UpstreamRequest,
) => void | Promise<void>;

/** A status and a JSON body. */
export type Listing = (path: string) => readonly [number, unknown];

/** An OpenAI-compatible server that misbehaves on command. */
export interface Upstream {
  readonly url: string;
  /** The requests, without memory merges and requests for titles. */
  readonly requests: UpstreamRequest[];
  readonly merges: UpstreamRequest[];
  /** The requests for a title of a session. */
  readonly titles: UpstreamRequest[];
  /** Sets the answers to the next requests in order; the last one repeats. */
  behave(...behaviours: Behaviour[]): void;
  /** Sets the answer to memory merges; the default is a fixed memory. */
  behaveMerging(behaviour: Behaviour): void;
  /** Sets the answer to requests for a title; the default has none. */
  behaveTitling(behaviour: Behaviour): void;
  /** Sets the answer to requests for the list of models, by path. */
  behaveListing(listing: Listing): void;
  /** Clears the requests, and restores the default answers. */
  reset(): void;
  close(): Promise<void>;
}

const LISTED = [
  { id: 'gpt-3.5-turbo' },
  { id: 'text-embedding-3' },
  { id: 'gpt-4', context_length: 8192 },
];

export async function startUpstream(): Promise<Upstream> {
  const requests: UpstreamRequest[] = [];
  const merges: UpstreamRequest[] = [];
  const titles: UpstreamRequest[] = [];
  let behaviours: Behaviour[] = [];
  let merging: Behaviour = hang;
  let titling: Behaviour = hang;
  let listing: Listing;
  const reset = () => {
    requests.length = 0;
    merges.length = 0;
    titles.length = 0;
    behaviours = [answer('Hello from upstream')];
    merging = answer('- merged');
    titling = answer('…');
    listing = () => [200, { data: LISTED }];
  };
  reset();

  const server = createServer((incoming, response) => {
    if (incoming.url?.endsWith('/models')) {
      const [code, body] = listing(incoming.url);
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    void read(incoming, response).then((request) => {
      const task = request.body.messages[0]?.content ?? '';
      if (task.startsWith('You maintain the memory')) {
        merges.push(request);
        return merging(response, request);
      }
      if (task.startsWith('You name a session')) {
        titles.push(request);
        return titling(response, request);
      }
      requests.push(request);
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      return behaviour?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    requests,
    merges,
    titles,
    behave: (...next) => (behaviours = next),
    behaveMerging: (behaviour) => (merging = behaviour),
    behaveTitling: (behaviour) => (titling = behaviour),
    behaveListing: (next) => (listing = next),
    reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage, response: ServerResponse): Promise<UpstreamRequest> {
  const closed = new Promise<void>((resolve) => response.on('close', resolve));
  // A character may be split between two pieces.
  incoming.setEncoding('utf8');
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return {
    body: JSON.parse(text) as UpstreamRequest['body'],
    path: incoming.url ?? '',
    headers: incoming.headers,
    authorization: incoming.headers.authorization,
    connection: incoming.socket.remotePort,
    closed,
  };
}

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
export const token = (text: string): string => chunk({ content: text });
export const thought = (text: string): string => chunk({ reasoning_content: text });
export const cited = (...urls: string[]): string =>
  chunk({
    annotations: urls.map((url) => ({ type: 'url_citation', url_citation: { url, title: url } })),
  });
export const FINISH = chunk({}, 'stop');
export const finish = (reason: string): string => chunk({}, reason);
export const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } })}\n\n`;
export const DONE = 'data: [DONE]\n\n';

export const openStream = (response: ServerResponse): ServerResponse => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return response;
};

/** A complete answer, word by word. */
export const answer =
  (text: string, { pauseMs = 0 } = {}): Behaviour =>
  async (response) => {
    openStream(response);
    for (const word of text.match(/\s*\S+/g) ?? []) {
      response.write(token(word));
      if (pauseMs > 0) await wait(pauseMs);
    }
    response.end(FINISH + USAGE + DONE);
  };

/** These bytes as the body of a stream, then its end. */
export const raw =
  (...pieces: (string | Uint8Array)[]): Behaviour =>
  async (response) => {
    openStream(response);
    for (const piece of pieces) {
      response.write(piece);
      await wait(1);
    }
    response.end();
  };

export const status =
  (
    code: number,
    body: object = { error: { message: 'no' } },
    headers: Record<string, string> = {},
  ): Behaviour =>
  (response) => {
    response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
  };

/** Some words, then a broken connection. */
export const cutAfter =
  (...words: string[]): Behaviour =>
  async (response) => {
    openStream(response);
    for (const word of words) response.write(token(word));
    await wait(20);
    response.destroy();
  };

/** Some words, then silence. */
export const stallAfter =
  (...words: string[]): Behaviour =>
  (response) => {
    openStream(response);
    for (const word of words) response.write(token(word));
  };

/** These bytes endlessly, as fast as they are read, until the connection closes. */
const pour =
  (headers: Record<string, string>, bytes: Buffer): Behaviour =>
  async (response, { closed }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    while (!response.destroyed)
      if (!response.write(bytes)) await Promise.race([once(response, 'drain'), closed]);
  };

export const endless = (piece: string): Behaviour =>
  pour({}, Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length))));

/** The same, compressed a thousandfold. */
export const endlessPacked = (piece: string): Behaviour =>
  pour({ 'content-encoding': 'gzip' }, gzipSync(piece.repeat(Math.ceil(4_194_304 / piece.length))));

export const hang: Behaviour = () => undefined;

export const html: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>');
};

export const redirectTo =
  (location: string): Behaviour =>
  (response) => {
    response.writeHead(307, { location }).end();
  };

/** Makes the upstream stream text when the test calls `say`. */
export function spokenBy(upstream: Upstream): { say: (text: string) => void; finish: () => void } {
  let stream: ServerResponse | undefined;
  upstream.behave((response) => {
    stream = openStream(response);
  });
  return {
    say: (text) => stream?.write(token(text)),
    finish: () => stream?.end(FINISH + DONE),
  };
}
