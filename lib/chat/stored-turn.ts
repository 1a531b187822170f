import { causesOf, type Failure } from '@/lib/errors';
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
/** Well within the time that a process waits for somebody to come back. */
const WATCHED_EVERY_MS = 3000;
const WATCHED_FOR_MS = 15_000;

interface Deps {
  readonly store: Pick<TurnStore, 'find' | 'textFrom' | 'keepWatched'>;
  /** Null: everything comes from the store. */
  readonly channel: LiveChannel | null;
  readonly clock: Pick<Clock, 'after' | 'now'>;
  readonly log: Log;
}

const GONE: Failure = { kind: 'not-found', message: 'This turn is not kept any more' };

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
    const next = await store.find(owner, requestId);
    const offset = text.length();
    const more = next ? await store.textFrom(requestId, offset) : '';
    // Live text would have brought it, had it come.
    if (text.add({ offset, text: more }) > 0) pace = LOOK_EVERY_MS;
    turn = next ?? { ...turn, state: 'failed', failure: GONE, replyId: null };
  };

  const tell = () => {
    for (const changed of watchers) changed();
  };

  /** The store may be back at the next attempt; the watcher keeps what it has. */
  const tolerate = async (event: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (cause) {
      log.warn({ event, request_id: requestId, cause: causesOf(cause) });
    }
  };

  const isWanted = () => watchers.size > 0 && turn.state === 'running';
  const arrangeLook = paced(
    clock,
    () => (isWanted() ? pace : null),
    async () => {
      pace ||= LOOK_EVERY_MS;
      await tolerate('turn.look_failed', look);
      tell();
    },
  );

  /** Without a session its process stops a turn that nobody watches, and does not see who watches it here. */
  const stopsUnwatched = found.sessionId === null;
  let due = 0;
  const arrangeKeeping = paced(
    clock,
    () => (stopsUnwatched && isWanted() ? due : null),
    async () => {
      due = WATCHED_EVERY_MS;
      const until = new Date(clock.now().getTime() + WATCHED_FOR_MS);
      await tolerate('turn.not_kept_watched', () => store.keepWatched(requestId, until));
    },
  );

  const hear = (piece: LivePiece) => {
    const isNew = text.add(piece) > 0;
    if (piece.ended) pace = 0;
    else pace = text.hasGap() ? LOOK_EVERY_MS : CHECK_EVERY_MS;
    if (isNew) tell();
    arrangeLook();
  };

  const arrange = () => {
    arrangeLook();
    arrangeKeeping();
  };

  await look();
  return {
    requestId,
    length: text.length,
    since: text.since,
    resumeFrom: (offset) => Math.min(offset, keptOf(turn) ?? text.length()),
    end: () => endOf(turn),
    watch(changed) {
      watchers.add(changed);
      stopListening ??= channel?.listen(topicOf(turn.instance, requestId), hear) ?? null;
      arrange();
      return () => {
        watchers.delete(changed);
        if (watchers.size > 0) return;
        stopListening?.();
        stopListening = null;
        arrange();
      };
    },
  };
}

function endOf({ state, replyId, usage, failure, omitted }: Turn): TurnEnd | null {
  return state === 'running' ? null : { state, replyId, usage, failure, omitted };
}

/** How far the text of a turn is certain to be what a watcher was shown; null: as far as it goes. */
function keptOf({ state, failure }: Turn): number | null {
  // A watcher may have more of a running turn from its own process than was stored yet.
  if (state === 'running') return Infinity;
  return failure?.kind === 'interrupted' ? (failure.kept ?? null) : null;
}
