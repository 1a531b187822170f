import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import { topicOf, type LiveChannel } from './live-channel';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import { poll } from '@/lib/poll';

const EVERY_MS = 50;

interface Deps {
  readonly channel: LiveChannel;
  readonly live: ReadonlyMap<string, LiveTurn>;
  readonly instance: string;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

/**
 * Publishes the new text of all running turns to other instances, batched per round. Rounds start on demand and stop
 * when no turn runs. Turns that no other instance can reach are not published.
 */
export function textPublisher({ channel, live, instance, clock, log }: Deps): {
  start(): void;
  /** Publishes the rest of the text, and that the end is stored. */
  end(turn: LiveTurn): void;
} {
  /** The published length, and the number of cuts at that time. */
  const published = new Map<string, { readonly offset: number; readonly cuts: number }>();

  const publish = (turn: LiveTurn, ended: boolean) => {
    const { requestId, shared } = turn;
    const before = published.get(requestId) ?? { offset: 0, cuts: 0 };
    const cuts = turn.cuts().length;
    const replaces = cuts > before.cuts && { replaces: true as const };
    const offset = replaces ? 0 : before.offset;
    const entries = turn.since(offset);
    if (!shared || !(entries.length > 0 || ended || replaces)) return;
    channel.publish(topicOf(instance, requestId), { entries, ended, ...replaces });
    published.set(requestId, { offset: turn.length(), cuts });
  };

  /** Best effort: other instances read from the store what was not published. */
  const tryToPublish = (turn: LiveTurn, ended: boolean) => {
    try {
      publish(turn, ended);
    } catch (cause) {
      const about = { request_id: turn.requestId, cause: causesOf(cause) };
      log.warn({ event: 'turn.publish_failed', ...about });
    }
  };

  const round = () => {
    for (const turn of live.values()) tryToPublish(turn, false);
  };

  return {
    start: poll(clock, () => (live.size > 0 ? EVERY_MS : null), round),
    end(turn) {
      tryToPublish(turn, true);
      published.delete(turn.requestId);
    },
  };
}
