import { createServer, type AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { useStoredSettings } from '@/lib/env/stored';

/** A Redis that refuses to count, so that this process does; the connections that were made to it. */
async function refusingRedis() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', (said) => {
      const text = said.toString();
      const commands = text.match(/^\*\d/gm) ?? [];
      const answer = /eval/i.test(text) ? '-ERR refused\r\n' : '+OK\r\n';
      socket.write(answer.repeat(commands.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `redis://127.0.0.1:${String(port)}`, connections: () => connections };
}

const redis = await refusingRedis();
vi.stubEnv('REDIS_URL', redis.url);
vi.stubEnv('LOG_LEVEL', 'silent');
vi.stubEnv('API_RATE_LIMIT', '9/day');
vi.stubEnv('CHAT_RATE_LIMIT', '');
const { rateLimits } = await import('./rate-limits');

const remaining = async (name: 'chat' | 'api') => {
  const { limit } = await rateLimits[name]();
  return (await limit('a')).remaining;
};
const setChat = (CHAT_RATE_LIMIT: string) => {
  useStoredSettings({ CHAT_RATE_LIMIT });
};

test('a changed rate limit leaves the others, its other windows and the connection as they were', async () => {
  setChat('5/day;100/hour');
  expect([await remaining('api'), await remaining('chat')]).toEqual([8, 4]);
  setChat('5/day;200/hour');
  expect([await remaining('api'), await remaining('chat')]).toEqual([7, 3]);
  setChat('2/day');
  expect([await remaining('api'), await remaining('chat')]).toEqual([6, 1]);
  expect(redis.connections()).toBe(1);
});
