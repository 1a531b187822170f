/**
 * The built middleware in a process of its own, as Vercel runs it. Answers what the middleware decides: a response with
 * `x-middleware-next` passes the request on.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const built = createRequire(import.meta.url)(path.resolve('.next/server/middleware.js'));

const server = createServer(async (request, response) => {
  const { method, headers, url = '' } = request;
  const { response: answer } = await built.default({
    handler: built.middleware,
    page: 'middleware',
    request: {
      method,
      headers,
      url: `http://${headers.host ?? ''}${url}`,
      nextConfig: {},
      page: {},
      signal: new AbortController().signal,
      waitUntil: () => undefined,
    },
  });
  response.writeHead(answer.status, [...answer.headers].flat()).end(await answer.text());
});
server.listen(0, '127.0.0.1', () => {
  console.log(`ready on http://127.0.0.1:${String(server.address().port)}`);
});
