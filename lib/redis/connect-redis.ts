import { Redis } from 'ioredis';
import type { Log } from '@/lib/ports/log';

const CONNECT_WAIT_MS = 300;
/** One that is silent for so long is left and looked for again; what is said to it would heap up here. */
const SILENCE_MS = 2000;

/** Connects, and goes on trying for as long as the process lives. Resolves when connected, or after a moment. */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const redis = new Redis(url, {
    // A command that cannot be sent now is of no use later: by then the request is answered or the text is stored.
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    socketTimeout: SILENCE_MS,
    // The channel itself knows what it listens to, also what was asked for while the connection was away.
    autoResubscribe: false,
  });
  let said = '';
  redis.on('error', ({ message }: Error) => {
    // It comes again with every attempt to connect.
    if (message !== said) log.warn({ event: 'redis.connection_error', cause: message });
    said = message;
  });
  await new Promise<void>((resolve) => {
    redis.once('ready', resolve);
    setTimeout(resolve, CONNECT_WAIT_MS).unref();
  });
  return redis;
}
