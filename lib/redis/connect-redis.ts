import type { Redis } from 'ioredis';
import type { Log } from '@/lib/ports/log';

const CONNECT_WAIT_MS = 300;
/** Reconnect after this much silence, because unanswered commands would queue. */
const SOCKET_TIMEOUT_MS = 2000;

/** Connects, and reconnects for as long as the process lives. Resolves when connected, or after 300 ms. */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  // Only where it is used: its code is a tenth of a start.
  const ioredis = await import('ioredis');
  const redis = new ioredis.Redis(url, {
    // Fail commands at once while disconnected. Later they would be useless: the request is answered or the text
    // stored.
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // The channel resubscribes itself, including topics added while disconnected.
    autoResubscribe: false,
  });
  let lastMessage = '';
  redis.on('error', ({ message }: Error) => {
    // Repeated with every attempt to connect: log it once.
    if (message !== lastMessage) log.warn({ event: 'redis.connect_failed', cause: message });
    lastMessage = message;
  });
  await new Promise<void>((resolve) => {
    redis.once('ready', resolve);
    setTimeout(resolve, CONNECT_WAIT_MS).unref();
  });
  return redis;
}
