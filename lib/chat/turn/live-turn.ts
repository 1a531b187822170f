import { causesOf } from '@/lib/errors';
import { listeners } from '@/lib/listeners';
import type { Log } from '@/lib/ports/log';
import type { TurnEnd } from './events';
import { textLog, type TextPiece } from './text-log';

/** A turn as a watcher sees it. Nothing is pushed: a watcher is told that there is more and takes it when it can. */
export interface WatchedTurn {
  readonly requestId: string;
  /** The length of the text so far. */
  length(): number;
  /** What there is of the reply from `offset` on. */
  since(offset: number): string;
  /** Where somebody who has text up to `offset` goes on: before that when it was not all kept. */
  resumeFrom(offset: number): number;
  /** Where its text was cut, each time that some of it was taken back. */
  cuts(): readonly number[];
  /** Null while it runs. */
  end(): TurnEnd | null;
  /** Calls `changed` when there is more text or the end; returns an unsubscribe function. */
  watch(changed: () => void): () => void;
}

/** The side of the process that runs the turn. */
export interface LiveTurn extends WatchedTurn {
  readonly owner: string;
  readonly sessionId: string | null;
  /** Somebody may come for it on another instance, and finds it in the store. */
  readonly shared: boolean;
  readonly signal: AbortSignal;
  write(text: string): void;
  /** Takes back what is beyond `length` of its text. */
  cut(length: number): void;
  finish(end: TurnEnd): void;
  /** Asks the turn to end as `state`; the first call counts. */
  abort(state: 'stopped' | 'interrupted'): void;
  abortedAs(): 'stopped' | 'interrupted' | null;
  watched(): boolean;
  /** Somebody watches it on another instance; `until` is another date each time that is seen to be so. */
  watchedElsewhere(until: Date): void;
  takeBatch(): TextPiece | null;
}

interface Start {
  readonly requestId: string;
  readonly owner: string;
  readonly sessionId: string | null;
  readonly shared: boolean;
  /** What there is of the reply already, and in the store. */
  readonly text: string;
  /** The last watcher here or elsewhere may have left, and the turn still runs. */
  readonly onUnwatched: (turn: LiveTurn) => void;
  /** Told what a watcher threw. */
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
    // No watcher has more of it than the process that runs it, but for what was taken back.
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
  log.error({ event: 'turn.watcher_failed', request_id: requestId, cause: causesOf(cause) });
};
