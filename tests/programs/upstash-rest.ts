import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';

/** Upstash's REST API over plain Redis, for rate limits only. https://upstash.com/docs/redis/features/restapi */
export async function startUpstashRest(
  redis: Redis,
): Promise<{ url: string; token: string; stop: () => Promise<void> }> {
  const token = 'rest-token';
  const run = async (command: unknown[]) => {
    const [name = '', ...values] = command.map(String);
    // Only Upstash accepts this first line of a script.
    const plain = values.map((value) => value.replace(/^#!lua[^\n]*\n/, ''));
    try {
      const result: unknown = await redis.call(name, ...plain);
      return { result };
    } catch (thrown) {
      return { error: (thrown as Error).message };
    }
  };
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const allowed = request.headers.authorization === `Bearer ${token}`;
      const body = JSON.parse(text) as unknown[];
      const many = Array.isArray(body[0]);
      const answer = many ? await Promise.all((body as unknown[][]).map(run)) : await run(body);
      const failed = !many && 'error' in answer;
      response.writeHead(allowed ? (failed ? 400 : 200) : 401, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(allowed ? answer : { error: 'Unauthorized' }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    token,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
