import { causesOf } from '@/lib/errors';
import { listeners } from '@/lib/listeners';
import type { Log } from '@/lib/ports/log';
import type { TurnEnd } from './events';
import { textLog, type TextPiece } from './text-log';

/**
 * A turn as watchers see it. Text is not pushed: a notified watcher reads at its own pace, which gives back-pressure.
 */
export interface WatchedTurn {
  readonly requestId: string;
  /** Length of the text so far, in UTF-16 units. */
  length(): number;
  /** The reply's text from `offset` on. */
  since(offset: number): string;
  /** Where a client that has text up to `offset` resumes: earlier when part of that text was lost. */
  resumeFrom(offset: number): number;
  /** The length after each cut, oldest first. */
  cuts(): readonly number[];
  /** Null while it runs. */
  end(): TurnEnd | null;
  /** Calls `changed` when there is more text or the end; returns an unsubscribe function. */
  watch(changed: () => void): () => void;
}

/** A turn in the process that runs it. */
export interface LiveTurn extends WatchedTurn {
  readonly owner: string;
  readonly sessionId: string | null;
  /** Clients can join it on another instance, through the store. */
  readonly shared: boolean;
  readonly signal: AbortSignal;
  write(text: string): void;
  /** Discards text beyond `length`. */
  cut(length: number): void;
  finish(end: TurnEnd): void;
  /** Asks the turn to end as `state`. Only the first call counts. */
  abort(state: 'stopped' | 'interrupted'): void;
  abortedAs(): 'stopped' | 'interrupted' | null;
  watched(): boolean;
  /** A client watches the turn on another instance. Each renewal of the watch has a new `until`. */
  watchedElsewhere(until: Date): void;
  takeBatch(): TextPiece | null;
}

interface Start {
  readonly requestId: string;
  readonly owner: string;
  readonly sessionId: string | null;
  readonly shared: boolean;
  /** The existing text of the reply, already in the store. */
  readonly text: string;
  /** Called when the last watcher, here or elsewhere, may have left while the turn runs. */
  readonly onUnwatched: (turn: LiveTurn) => void;
  /** Called with what a watcher threw. */
  readonly onWatcherFault: (cause: unknown) => void;
}

export function liveTurn(start: Start): LiveTurn {
  const { requestId, owner, sessionId, shared, text: held } = start;
  const log = textLog();
  if (held) {
    log.append(held);
    log.takeBatch();
  }
  const controller = new AbortController();
  const watchers = listeners(start.onWatcherFault);
  const cuts: number[] = [];
  let ended: TurnEnd | null = null;
  let abortedAs: 'stopped' | 'interrupted' | null = null;
  let seenElsewhere = 0;

  const turn: LiveTurn = {
    requestId,
    owner,
    sessionId,
    shared,
    signal: controller.signal,
    length: log.length,
    since: log.since,
    // The process that runs the turn has all of its text, so only cuts move a client back.
    resumeFrom: (offset) => Math.min(offset, log.length(), ...cuts),
    takeBatch: log.takeBatch,
    cuts: () => cuts,
    end: () => ended,
    abort(state) {
      abortedAs ??= state;
      controller.abort();
    },
    abortedAs: () => abortedAs,
    watched: () => watchers.size() > 0,
    watchedElsewhere(until) {
      if (until.getTime() === seenElsewhere) return;
      seenElsewhere = until.getTime();
      if (watchers.size() === 0) start.onUnwatched(turn);
    },
    write(text) {
      log.append(text);
      watchers.notify();
    },
    cut(length) {
      log.cut(length);
      cuts.push(length);
      watchers.notify();
    },
    finish(end) {
      ended = end;
      watchers.notify();
      watchers.clear();
    },
    watch: (changed) =>
      watchers.add(changed, () => {
        start.onUnwatched(turn);
      }),
  };
  return turn;
}

/** Writes what a watcher of this turn threw to the log. */
export const logWatcherFault = (log: Log, requestId: string) => (cause: unknown) => {
  log.error({ event: 'turn.notify_failed', request_id: requestId, cause: causesOf(cause) });
};
