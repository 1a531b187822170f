import type { TurnEnd } from './events';
import { textLog, type TextPiece } from './text-log';

/** A turn as a watcher sees it. Nothing is pushed: a watcher is told that there is more and takes it when it can. */
export interface WatchedTurn {
  readonly requestId: string;
  /** The length of the text so far. */
  length(): number;
  /** What there is of the reply from `offset` on. */
  since(offset: number): string;
  /** Null while it runs. */
  end(): TurnEnd | null;
  /** Calls `changed` when there is more text or the end; the answer leaves. */
  watch(changed: () => void): () => void;
}

/** The side of the process that runs the turn. */
export interface LiveTurn extends WatchedTurn {
  readonly owner: string;
  readonly sessionId: string | null;
  readonly signal: AbortSignal;
  write(text: string): void;
  finish(end: TurnEnd): void;
  /** Asks the turn to end as `state`; the first call counts. */
  abort(state: 'stopped' | 'interrupted'): void;
  abortedAs(): 'stopped' | 'interrupted' | null;
  watched(): boolean;
  takeBatch(): TextPiece | null;
}

interface Start {
  readonly requestId: string;
  readonly owner: string;
  readonly sessionId: string | null;
  /** What there is of the reply already, and in the store. */
  readonly text: string;
  /** The last watcher has left, and the turn still runs. */
  readonly onUnwatched: (turn: LiveTurn) => void;
}

export function liveTurn(start: Start): LiveTurn {
  const { requestId, owner, sessionId, text: held } = start;
  const log = textLog();
  if (held) {
    log.append(held);
    log.takeBatch();
  }
  const controller = new AbortController();
  const watchers = new Set<() => void>();
  let ended: TurnEnd | null = null;
  let abortedAs: 'stopped' | 'interrupted' | null = null;

  const tell = () => {
    for (const changed of watchers) changed();
  };

  const turn: LiveTurn = {
    requestId,
    owner,
    sessionId,
    signal: controller.signal,
    length: log.length,
    since: log.since,
    takeBatch: log.takeBatch,
    end: () => ended,
    abort(state) {
      abortedAs ??= state;
      controller.abort();
    },
    abortedAs: () => abortedAs,
    watched: () => watchers.size > 0,
    write(text) {
      log.append(text);
      tell();
    },
    finish(end) {
      ended = end;
      tell();
      watchers.clear();
    },
    watch(changed) {
      watchers.add(changed);
      return () => {
        if (watchers.delete(changed) && watchers.size === 0) start.onUnwatched(turn);
      };
    },
  };
  return turn;
}
