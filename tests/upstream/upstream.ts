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

/** What was asked of the upstream. `closed` resolves when the connection of the answer ends, by whomever. */
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
  /** The same number for requests that shared a connection. */
  readonly connection: number | undefined;
  readonly closed: Promise<void>;
}

/** How one request is answered. */
export type Behaviour = (
  response: ServerResponse,
  request: UpstreamRequest,
) => void | Promise<void>;

/** A status and a JSON body. */
export type Listing = (path: string) => readonly [number, unknown];

/** An OpenAI-compatible server that misbehaves on command. */
export interface Upstream {
  readonly url: string;
  /** What was asked, except memory merges. */
  readonly requests: UpstreamRequest[];
  readonly merges: UpstreamRequest[];
  /** Answers the next requests one by one, then the last of them for good. */
  behave(...behaviours: Behaviour[]): void;
  /** How memory merges are answered; by default with a fixed memory. */
  behaveMerging(behaviour: Behaviour): void;
  /** How it answers whoever asks for its models at this path. */
  behaveListing(listing: Listing): void;
  /** Forgets what was asked, and answers as at first. */
  reset(): void;
  close(): Promise<void>;
}

const LISTED = [{ id: 'gpt-3.5-turbo' }, { id: 'text-embedding-3' }, { id: 'gpt-4' }];

export async function startUpstream(): Promise<Upstream> {
  const requests: UpstreamRequest[] = [];
  const merges: UpstreamRequest[] = [];
  let behaviours: Behaviour[] = [];
  let merging: Behaviour = hang;
  let listing: Listing;
  const reset = () => {
    requests.length = 0;
    merges.length = 0;
    behaviours = [answer('Hello from upstream')];
    merging = answer('- merged');
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
      const isMerge = request.body.messages[0]?.content.startsWith('You maintain the memory');
      (isMerge ? merges : requests).push(request);
      const behaviour = isMerge
        ? merging
        : behaviours.length > 1
          ? behaviours.shift()
          : behaviours[0];
      return behaviour?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    requests,
    merges,
    behave: (...next) => (behaviours = next),
    behaveMerging: (behaviour) => (merging = behaviour),
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
  // A character may lie in two pieces.
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
export const FINISH = chunk({}, 'stop');
export const finish = (reason: string): string => chunk({}, reason);
export const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } })}\n\n`;
export const DONE = 'data: [DONE]\n\n';

export const openStream = (response: ServerResponse): ServerResponse => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return response;
};

/** A whole answer, word by word. */
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

/** These bytes as the body of a stream, and then its end. */
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

/** Some words and then the connection breaks. */
export const cutAfter =
  (...words: string[]): Behaviour =>
  async (response) => {
    openStream(response);
    for (const word of words) response.write(token(word));
    await wait(20);
    response.destroy();
  };

/** Some words and then silence. */
export const stallAfter =
  (...words: string[]): Behaviour =>
  (response) => {
    openStream(response);
    for (const word of words) response.write(token(word));
  };

/** These bytes again and again, as fast as they are taken, until the connection ends. */
const pour =
  (headers: Record<string, string>, bytes: Buffer): Behaviour =>
  async (response, { closed }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    while (!response.destroyed)
      if (!response.write(bytes)) await Promise.race([once(response, 'drain'), closed]);
  };

export const endless = (piece: string): Behaviour =>
  pour({}, Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length))));

/** The same, packed a thousand times smaller than what it unpacks to. */
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

/** Makes the upstream say what the test says, when it says so. */
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
