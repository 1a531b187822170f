import { z } from 'zod';
import type { LiveChannel, LivePiece } from '@/lib/chat/watch/live-channel';
import type { Log } from '@/lib/ports/log';
import type { EntryKind } from '@/lib/reply/entry';
import { connectRedis } from './connect-redis';

const PREFIX = 'ask-next:live:';

const entry = z.object({
  at: z.int().min(0),
  // Another version may publish kinds that are not known here. They keep their place.
  kind: z.custom<EntryKind>((kind) => typeof kind === 'string'),
  text: z.string(),
});
const piece = z.object({
  entries: z.array(entry),
  ended: z.boolean(),
  replaces: z.literal(true).optional(),
});

/**
 * Live text over Redis pub/sub. While Redis is unavailable pieces are lost; the connection recovers by itself. The
 * caller closes it.
 */
export async function redisChannel(
  url: string,
  log: Log,
): Promise<LiveChannel & { close(): void }> {
  // A Redis connection in subscriber mode cannot publish.
  const [publisher, subscriber] = await Promise.all([
    connectRedis(url, log),
    connectRedis(url, log),
  ]);
  const subscriptions = new Map<string, Set<(piece: LivePiece) => void>>();

  const subscribe = (topics: string[]) => {
    if (topics.length > 0) subscriber.subscribe(...topics).catch(() => undefined);
  };
  subscriber.on('ready', () => {
    subscribe([...subscriptions.keys()]);
  });
  subscriber.on('message', (topic: string, message: string) => {
    const received = read(message);
    if (received) for (const handler of subscriptions.get(topic) ?? []) handler(received);
  });

  return {
    publish(topic, message) {
      publisher.publish(PREFIX + topic, JSON.stringify(message)).catch(() => undefined);
    },
    async listened(topics) {
      // Names and counts in turn.
      const counts = await publisher.pubsub('NUMSUB', ...topics.map((topic) => PREFIX + topic));
      return new Set(topics.filter((_, n) => Number(counts[2 * n + 1]) > 0));
    },
    listen(name, handler) {
      const topic = PREFIX + name;
      const listeners = subscriptions.get(topic) ?? new Set();
      subscriptions.set(topic, listeners.add(handler));
      if (listeners.size === 1) subscribe([topic]);
      return () => {
        listeners.delete(handler);
        if (listeners.size > 0 || subscriptions.get(topic) !== listeners) return;
        subscriptions.delete(topic);
        subscriber.unsubscribe(topic).catch(() => undefined);
      };
    },
    close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

/** Null for messages of another format. */
function read(message: string): LivePiece | null {
  try {
    return piece.safeParse(JSON.parse(message)).data ?? null;
  } catch {
    return null;
  }
}
