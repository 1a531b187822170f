/** The built middleware in a process of its own, as Vercel runs it. Answers what it decides; `next` passes a request on. */
import 'next/dist/server/node-environment.js';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const built = await require(path.resolve('.next/server/middleware.js'));
const run = built.default ?? built;
const handler = built.middleware ?? built;

const server = createServer(async (request, response) => {
  const { method, headers, url = '' } = request;
  const { response: answer } = await run({
    handler,
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
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`ready on http://127.0.0.1:${String(server.address().port)}`);
