import { causesOf, type Failure } from '@/lib/errors';
import { listeners } from '@/lib/listeners';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import type { TurnEnd } from '@/lib/chat/turn/events';
import { gather } from '@/lib/reply/gather';
import { topicOf, type LiveChannel, type LivePiece } from './live-channel';
import { renewLease } from './renew-lease';
import { logWatcherFault, type WatchedTurn } from '@/lib/chat/turn/live-turn';
import { poll } from '@/lib/poll';
import type { Turn } from '@/lib/chat/turn/turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';

const POLL_EVERY_MS = 150;
/** While live text arrives, the store is polled less often, only to find lost pieces. */
const CHECK_EVERY_MS = 1000;
interface Deps {
  readonly store: Pick<TurnStore, 'find' | 'entriesFrom' | 'renewLease'>;
  /** Null: all text comes from the store. */
  readonly channel: LiveChannel | null;
  readonly clock: Pick<Clock, 'after' | 'now'>;
  readonly log: Log;
}

const GONE: Failure = { kind: 'not-found', reason: 'turn' };

/**
 * Watches a turn of another instance: polls the store until the end, and listens for live text. Throws when the first
 * poll fails. Polling and listening stop when the last watcher leaves.
 */
export async function remoteTurn(
  { store, channel, clock, log }: Deps,
  found: Turn,
): Promise<WatchedTurn> {
  const { owner, requestId } = found;
  const reply = gather();
  const watchers = listeners(logWatcherFault(log, requestId));
  let turn: Turn = found;
  let pollMs = POLL_EVERY_MS;
  let stopListening: (() => void) | null = null;

  /** Reads the turn before its reply, so that an end is never seen without the whole reply. */
  const readStore = async () => {
    const next = await store.find(owner, requestId);
    // Cuts made while the turn ran are visible only in the whole reply.
    const whole = next?.state !== 'running' && { replaces: true as const };
    const from = whole ? 0 : reply.length();
    const entries = next && (await store.entriesFrom(requestId, from));
    // New text in the store means that live text did not arrive: poll at full speed again.
    if (entries !== null && reply.add({ entries, ...whole }) > 0) pollMs = POLL_EVERY_MS;
    turn = next ?? { ...turn, state: 'failed', failure: GONE, replyId: null };
  };

  const isWanted = () => watchers.size() > 0 && turn.state === 'running';
  const arrangeKeeping = renewLease({ store, clock, log }, found, isWanted);
  const wait = () => (isWanted() ? pollMs : null);
  const schedulePoll = poll(clock, wait, async () => {
    try {
      pollMs ||= POLL_EVERY_MS;
      await readStore();
    } catch (cause) {
      // The store may be available at the next poll. Watchers keep the text they have.
      log.warn({ event: 'turn.poll_failed', request_id: requestId, cause: causesOf(cause) });
    }
    watchers.notify();
  });

  const onPiece = (piece: LivePiece) => {
    const isNew = reply.add(piece) > 0;
    pollMs = piece.ended ? 0 : reply.hasGap() ? POLL_EVERY_MS : CHECK_EVERY_MS;
    if (isNew) watchers.notify();
    schedulePoll();
  };

  const arrange = () => {
    schedulePoll();
    arrangeKeeping();
  };

  await readStore();
  return {
    requestId,
    length: reply.length,
    since: reply.since,
    cuts: reply.cuts,
    resumeFrom: (position) => Math.min(position, keptOf(turn) ?? reply.length()),
    end: () => endOf(turn),
    watch(changed) {
      const unsubscribe = watchers.add(changed, () => {
        stopListening?.();
        stopListening = null;
        arrange();
      });
      stopListening ??= channel?.listen(topicOf(turn.instance, requestId), onPiece) ?? null;
      arrange();
      return unsubscribe;
    },
  };
}

function endOf({ state, replyId, usage, failure, omitted, thoughtMs }: Turn): TurnEnd | null {
  return state === 'running' ? null : { state, replyId, usage, failure, omitted, thoughtMs };
}

/** The length up to which a watcher's text is certainly stored; null: all of it. */
function keptOf({ state, failure }: Turn): number | null {
  // A watcher may have received more text from the running process than is stored yet.
  if (state === 'running') return Infinity;
  return failure?.kind === 'interrupted' ? (failure.kept ?? null) : null;
}
