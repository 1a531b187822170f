import { causesOf } from '@/lib/errors';
import { listeners } from '@/lib/listeners';
import type { Log } from '@/lib/ports/log';
import type { TurnEnd } from './events';
import type { PromptRecord } from './prompt-record';
import type { Entry, EntryKind } from '@/lib/reply/entry';
import { replyLog, type Batch } from '@/lib/reply/log';

/**
 * A turn as watchers see it. Its reply is not pushed: a notified watcher reads at its own pace, which gives back-pressure.
 */
export interface WatchedTurn {
  readonly requestId: string;
  /** Length of the reply so far. */
  length(): number;
  /** At most `max` units of the reply, from a position on. */
  since(position: number, atMost?: number): readonly Entry[];
  /** Where a client that has the reply up to `position` resumes: earlier when part of that was lost. */
  resumeFrom(position: number): number;
  /** The length after each cut, oldest first. */
  cuts(): readonly number[];
  /** Null while it runs. */
  end(): TurnEnd | null;
  /** Calls `changed` when there is more or the end; returns an unsubscribe function. */
  watch(changed: () => void): () => void;
}

/** A turn in the process that runs it. */
export interface LiveTurn extends WatchedTurn {
  readonly owner: string;
  readonly sessionId: string | null;
  /** Clients can join it on another instance, through the store. */
  readonly shared: boolean;
  readonly signal: AbortSignal;
  write(text: string, kind?: EntryKind): void;
  /** Discards the reply beyond `length`. */
  cut(length: number): void;
  finish(end: TurnEnd): void;
  /** Asks the turn to end as `state`. Only the first call counts. */
  abort(state: 'stopped' | 'interrupted'): void;
  abortedAs(): 'stopped' | 'interrupted' | null;
  watched(): boolean;
  /** A client watches the turn on another instance. Each renewal of the watch has a new `until`. */
  watchedElsewhere(until: Date): void;
  takeBatch(): Batch | null;
  /** Sets the function that describes the request to the model, once the answer begins. */
  answers(prompt: () => PromptRecord | null): void;
  /** What the model saw; null before its answer has begun, and after the first call. */
  takePrompt(): PromptRecord | null;
}

interface Start {
  readonly requestId: string;
  readonly owner: string;
  readonly sessionId: string | null;
  readonly shared: boolean;
  /** The existing reply, already in the store. */
  readonly reply: readonly Entry[];
  /** Called when the last watcher, here or elsewhere, may have left while the turn runs. */
  readonly onUnwatched: (turn: LiveTurn) => void;
  /** Called with what a watcher threw. */
  readonly onWatcherFault: (cause: unknown) => void;
}

export function liveTurn(start: Start): LiveTurn {
  const { requestId, owner, sessionId, shared } = start;
  const log = replyLog(start.reply);
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
    // The process that runs the turn has all of its reply, so only cuts move a client back.
    resumeFrom: (position) => Math.min(position, log.length(), ...cuts),
    takeBatch: log.takeBatch,
    ...sentPrompt(),
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
    write(text, kind = 'text') {
      log.append(kind, text);
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

function sentPrompt(): Pick<LiveTurn, 'answers' | 'takePrompt'> {
  let prompt: (() => PromptRecord | null) | null = null;
  return {
    answers(described) {
      prompt = described;
    },
    takePrompt() {
      const described = prompt?.() ?? null;
      prompt = null;
      return described;
    },
  };
}

/** Writes what a watcher of this turn threw to the log. */
export const logWatcherFault = (log: Log, requestId: string) => (cause: unknown) => {
  log.error({ event: 'turn.notify_failed', request_id: requestId, cause: causesOf(cause) });
};
