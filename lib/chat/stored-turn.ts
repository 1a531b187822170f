import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import type { TurnEnd } from './events';
import type { WatchedTurn } from './live-turn';
import { textLog } from './text-log';
import type { Turn } from './turn';
import type { TurnStore } from './turn-store';

const LOOK_EVERY_MS = 200;

interface Deps {
  readonly store: Pick<TurnStore, 'find' | 'textFrom'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

/** Watches a turn that this process does not run: what is stored of it, looked up until it ends. */
export async function storedTurn({ store, clock, log }: Deps, found: Turn): Promise<WatchedTurn> {
  const { owner, requestId } = found;
  const text = textLog();
  const watchers = new Set<() => void>();
  let turn: Turn = found;
  let looking = false;

  /** The turn is read before its text and shown after it, so that an end is never seen without the whole text. */
  const look = async () => {
    const next = (await store.find(owner, requestId)) ?? turn;
    const more = await store.textFrom(requestId, text.length());
    if (more) text.append(more);
    turn = next;
  };

  const lookAgain = async () => {
    try {
      await look();
    } catch (cause) {
      // The store may be back at the next look; the watcher keeps what it has.
      log.warn({ event: 'turn.look_failed', request_id: requestId, cause: String(cause) });
    }
    looking = false;
    for (const changed of watchers) changed();
    schedule();
  };

  const schedule = () => {
    if (looking || watchers.size === 0 || turn.state !== 'running') return;
    looking = true;
    clock.after(LOOK_EVERY_MS, () => void lookAgain());
  };

  await look();
  return {
    requestId,
    length: text.length,
    since: text.since,
    end: () => endOf(turn),
    watch(changed) {
      watchers.add(changed);
      schedule();
      return () => {
        watchers.delete(changed);
      };
    },
  };
}

function endOf({ state, replyId, usage, failure }: Turn): TurnEnd | null {
  return state === 'running' ? null : { state, replyId, usage, failure };
}
