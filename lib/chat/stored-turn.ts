import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import type { TurnEnd } from './events';
import { gatheredText } from './gathered-text';
import { topicOf, type LiveChannel, type LivePiece } from './live-channel';
import type { WatchedTurn } from './live-turn';
import { paced } from './paced';
import type { Turn } from './turn';
import type { TurnStore } from './turn-store';

const LOOK_EVERY_MS = 150;
/** While live text comes in, the store is only asked whether something was missed. */
const CHECK_EVERY_MS = 1000;

interface Deps {
  readonly store: Pick<TurnStore, 'find' | 'textFrom'>;
  /** Null: everything comes from the store. */
  readonly channel: LiveChannel | null;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

/** Watches a turn that this process does not run: what is stored of it, looked up until it ends, and live text. */
export async function storedTurn(
  { store, channel, clock, log }: Deps,
  found: Turn,
): Promise<WatchedTurn> {
  const { owner, requestId } = found;
  const text = gatheredText();
  const watchers = new Set<() => void>();
  let turn: Turn = found;
  let pace = LOOK_EVERY_MS;
  let stopListening: (() => void) | null = null;

  /** The turn is read before its text and shown after it, so that an end is never seen without the whole text. */
  const look = async () => {
    const next = (await store.find(owner, requestId)) ?? turn;
    const offset = text.length();
    const more = await store.textFrom(requestId, offset);
    // Live text would have brought it, had it come.
    if (text.add({ offset, text: more }) > 0) pace = LOOK_EVERY_MS;
    turn = next;
  };

  const tell = () => {
    for (const changed of watchers) changed();
  };

  const wait = () => (watchers.size === 0 || turn.state !== 'running' ? null : pace);

  const arrangeLook = paced(clock, wait, async () => {
    pace ||= LOOK_EVERY_MS;
    try {
      await look();
    } catch (cause) {
      // The store may be back at the next look; the watcher keeps what it has.
      log.warn({ event: 'turn.look_failed', request_id: requestId, cause: causesOf(cause) });
    }
    tell();
  });

  const hear = (piece: LivePiece) => {
    const isNew = text.add(piece) > 0;
    if (piece.ended) pace = 0;
    else pace = text.hasGap() ? LOOK_EVERY_MS : CHECK_EVERY_MS;
    if (isNew) tell();
    arrangeLook();
  };

  await look();
  return {
    requestId,
    length: text.length,
    since: text.since,
    end: () => endOf(turn),
    watch(changed) {
      watchers.add(changed);
      stopListening ??= channel?.listen(topicOf(turn.instance, requestId), hear) ?? null;
      arrangeLook();
      return () => {
        watchers.delete(changed);
        if (watchers.size > 0) return;
        stopListening?.();
        stopListening = null;
        arrangeLook();
      };
    },
  };
}

function endOf({ state, replyId, usage, failure }: Turn): TurnEnd | null {
  return state === 'running' ? null : { state, replyId, usage, failure };
}
