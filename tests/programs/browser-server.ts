import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface ReceivedRequest {
  readonly line: string;
  readonly key: string | undefined;
  readonly body: string;
}

export interface BrowserServer {
  /** The requests in order, such as `POST /api/chat`, with idempotency key and body. */
  readonly requests: ReceivedRequest[];
}

/**
 * A real server that `fetch` reaches by bare paths, as in a page. `answer` gets each request with its line, such as
 * `GET /api/sessions/1`. The server closes at the end of the test.
 */
export async function browserServer(
  answer: (line: string, response: ServerResponse, request: IncomingMessage) => void,
): Promise<BrowserServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const line = `${String(request.method)} ${String(request.url)}`;
      const key = request.headers['idempotency-key'];
      requests.push({ line, key: typeof key === 'string' ? key : undefined, body });
      answer(line, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { fetch } = globalThis;
  globalThis.fetch = (path, init) =>
    fetch(typeof path === 'string' ? `http://127.0.0.1:${String(port)}${path}` : path, init);
  onTestFinished(async () => {
    globalThis.fetch = fetch;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { requests };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
