import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import { topicOf, type LiveChannel } from './live-channel';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import { poll } from '@/lib/poll';

const EVERY_MS = 50;
/** New listeners are noticed at this interval; until then they read the store. */
const CHECK_EVERY_MS = 250;

interface Deps {
  readonly channel: LiveChannel;
  readonly live: ReadonlyMap<string, LiveTurn>;
  readonly instance: string;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

/** The length of a reply, and the number of cuts until then. */
interface Position {
  readonly offset: number;
  readonly cuts: number;
}

const START: Position = { offset: 0, cuts: 0 };
const positionOf = (turn: LiveTurn): Position => ({
  offset: turn.length(),
  cuts: turn.cuts().length,
});

/**
 * Publishes the new text of the running turns that another instance listens to, batched per round. Rounds start on
 * demand and stop when no turn runs.
 */
export function textPublisher({ channel, live, instance, clock, log }: Deps): {
  start(): void;
  /** Publishes the rest of the text, and that the end is stored. */
  end(turn: LiveTurn): void;
} {
  const published = new Map<string, Position>();
  /** Where turns were when listeners were last looked for. */
  const atLastCheck = new Map<string, Position>();
  /** The topics that somebody listens to; null: not known, so all are published. */
  let listened: ReadonlySet<string> | null = new Set();

  const topicOfTurn = ({ requestId }: LiveTurn) => topicOf(instance, requestId);
  const isListened = (turn: LiveTurn) =>
    turn.shared && (listened === null || listened.has(topicOfTurn(turn)));

  const findListeners = async () => {
    const shared = [...live.values()].filter((turn) => turn.shared);
    if (shared.length > 0)
      listened = await channel.listened(shared.map(topicOfTurn)).catch(() => null);
    for (const turn of shared) {
      const { requestId } = turn;
      if (!live.has(requestId)) continue;
      // A listener that comes before the next check also gets what may not be in the store yet.
      if (!isListened(turn)) published.set(requestId, atLastCheck.get(requestId) ?? START);
      atLastCheck.set(requestId, positionOf(turn));
    }
  };

  const publish = (turn: LiveTurn, ended: boolean) => {
    if (!isListened(turn)) return;
    const { requestId } = turn;
    const before = published.get(requestId) ?? START;
    const replaces = turn.cuts().length > before.cuts && { replaces: true as const };
    const offset = replaces ? 0 : before.offset;
    const entries = turn.since(offset);
    if (!(entries.length > 0 || ended || replaces)) return;
    channel.publish(topicOfTurn(turn), { entries, ended, ...replaces });
    published.set(requestId, positionOf(turn));
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

  const startRounds = poll(clock, () => (live.size > 0 ? EVERY_MS : null), round);
  const startChecks = poll(clock, () => (live.size > 0 ? CHECK_EVERY_MS : null), findListeners);

  return {
    start() {
      startRounds();
      startChecks();
    },
    end(turn) {
      tryToPublish(turn, true);
      published.delete(turn.requestId);
      atLastCheck.delete(turn.requestId);
    },
  };
}
