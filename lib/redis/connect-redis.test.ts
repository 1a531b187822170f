import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectRedis } from './connect-redis';
import { silentLog } from '@/tests/setup/log';

let server: Server;
let isSilent: boolean;
let redis: Redis;

/** A server that answers OK to everything, or hangs with its connections open. */
beforeEach(async () => {
  isSilent = false;
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (said) => {
      const commands = said.toString().match(/^\*\d/gm) ?? [];
      if (!isSilent) socket.write('+OK\r\n'.repeat(commands.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  redis = await connectRedis(`redis://127.0.0.1:${String(port)}`, silentLog);
});
afterEach(() => {
  redis.disconnect();
  server.close();
});

test('a Redis that hangs is disconnected, so that no commands queue, and reconnected later', async () => {
  await expect.poll(() => redis.publish('topic', 'text').catch(() => null)).toBe('OK');
  isSilent = true;
  await expect(redis.publish('topic', 'text')).rejects.toThrow();
  // Fails at once: the connection is closed, and commands do not queue.
  await expect(redis.publish('topic', 'text')).rejects.toThrow('enableOfflineQueue');
  isSilent = false;
  await expect.poll(() => redis.publish('topic', 'text').catch(() => null)).toBe('OK');
});
