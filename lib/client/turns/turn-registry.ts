import type { TurnEnd, TurnEvent } from '@/lib/chat/turn/events';
import { listeners } from '@/lib/listeners';
import { textOf, type Entry } from '@/lib/reply/entry';
import { replyLog, type ReplyLog } from '@/lib/reply/log';
import { sourceIn, sourcesOf, type Source } from '@/lib/reply/source';
import type { ReplySoFar } from './turn-frame';
import type { Problem } from '@/lib/client/net/problem';

/** A turn that this tab follows. Its text is kept apart, because it changes with every frame. */
export interface LocalTurn {
  readonly id: string;
  readonly sessionId: string;
  readonly requestId: string;
  /** The user's text; null for a turn found running, whose text the page has. */
  readonly userText: string | null;
  readonly model: string;
  readonly retryOf: string | null;
  /** Where it was sent to; null: to the end of the shown branch, or unknown. */
  readonly place: TurnPlace | null;
  /** The reply it continues; null for a new one. */
  readonly continues: ContinuedReply | null;
  /** `lost`: the connection is lost and will be retried. */
  readonly phase: 'sending' | 'writing' | 'lost' | 'ended';
  /** The server confirmed that it has the turn. */
  readonly confirmed: boolean;
  /** When it did, by this page's own clock; a page that was read later has the turn, or shows another branch. */
  readonly confirmedAt: number | null;
  readonly stopping: boolean;
  readonly end: TurnEnd | null;
  readonly problem: Problem | null;
}

/** A turn to be sent or watched. */
export const newTurn = (id: string, sessionId: string): LocalTurn => ({
  id,
  sessionId,
  requestId: id,
  userText: null,
  model: '',
  retryOf: null,
  place: null,
  continues: null,
  phase: 'sending',
  confirmed: false,
  confirmedAt: null,
  stopping: false,
  end: null,
  problem: null,
});

/** A place in the tree of a session's messages. */
interface TurnPlace {
  /** The message before what the turn adds; null: it starts the conversation over. */
  readonly after: string | null;
  /** The reply, or its user message, that gets another reply; null for new words. */
  readonly regenerates: string | null;
}

export interface ContinuedReply {
  /** The request id of the turn to continue. */
  readonly requestId: string;
  /** Its key in the transcript, which it keeps. */
  readonly key: string;
}

type Change = Partial<Omit<LocalTurn, 'id' | 'sessionId'>>;

/** The turns that this tab follows, of all sessions. A list is the same array until one of its turns changes. */
export interface TurnRegistry {
  of(sessionId: string): readonly LocalTurn[];
  /** Of all sessions, oldest first. */
  all(): readonly LocalTurn[];
  get(id: string): LocalTurn | null;
  text(id: string): string;
  reasoning(id: string): string;
  /** The same array until one is added. */
  sources(id: string): readonly Source[];
  /** All of the reply so far. */
  reply(id: string): ReplySoFar;
  /** `reply`: the reply so far, for a turn that is new here. */
  add(turn: LocalTurn, reply?: readonly Entry[]): void;
  change(id: string, change: Change): void;
  /**
   * Applies an event. Subscribers are notified of text once per frame at most, of everything else at once. Text after the end
   * is ignored.
   */
  record(id: string, event: TurnEvent): void;
  remove(id: string): void;
  subscribe(listener: () => void): () => void;
}

interface Followed {
  turn: LocalTurn;
  readonly log: ReplyLog;
  /** Of the log, kept apart: it is read with every frame. */
  text: string;
  reasoning: string;
  sources: readonly Source[];
}

const NO_SOURCES: readonly Source[] = [];
const NOTHING = replyLog();

/** `nextFrame` calls back once, when the text is to be drawn. */
export function turnRegistry(nextFrame: (draw: () => void) => void): TurnRegistry {
  const entries = new Map<string, Followed>();
  const lists = turnLists(entries);
  const { tell, tellNextFrame, subscribe } = announcer(nextFrame);

  const change = (id: string, by: Change) => {
    const entry = entries.get(id);
    if (!entry) return;
    entry.turn = { ...entry.turn, ...by };
    lists.delete(entry.turn.sessionId);
    tell();
  };

  return {
    change,
    get: (id) => entries.get(id)?.turn ?? null,
    all: lists.all,
    text: (id) => entries.get(id)?.text ?? '',
    reasoning: (id) => entries.get(id)?.reasoning ?? '',
    sources: (id) => entries.get(id)?.sources ?? NO_SOURCES,
    reply: (id) => entries.get(id)?.log ?? NOTHING,
    of: lists.of,
    add(turn, reply = []) {
      const existing = entries.get(turn.id);
      if (existing) existing.turn = turn;
      else entries.set(turn.id, { turn, log: replyLog(reply), ...shownOf(reply) });
      lists.delete(turn.sessionId);
      tell();
    },
    record(id, event) {
      const entry = entries.get(id);
      if (!entry) return;
      const { phase, end } = entry.turn;
      if (event.type === 'turn-start') change(id, confirmed(entry.turn, event.requestId));
      else if (event.type === 'turn-end') change(id, { end: event.end, phase: 'ended' });
      else if (!end) {
        applyTo(entry, event);
        if (phase === 'sending') change(id, { phase: 'writing' });
        tellNextFrame();
      }
    },
    remove(id) {
      const sessionId = entries.get(id)?.turn.sessionId;
      if (sessionId === undefined) return;
      entries.delete(id);
      lists.delete(sessionId);
      tell();
    },
    subscribe,
  };
}

function confirmed({ continues, phase, confirmedAt }: LocalTurn, requestId: string): Change {
  // A continuation shows the old text until its first new token.
  const waits = continues !== null && phase === 'sending';
  return {
    requestId,
    confirmed: true,
    confirmedAt: confirmedAt ?? performance.now(),
    phase: waits ? 'sending' : 'writing',
  };
}

const shownOf = (entries: readonly Entry[]) => ({
  text: textOf(entries),
  reasoning: textOf(entries, 'reasoning'),
  sources: sourcesOf(entries),
});

function applyTo(
  followed: Followed,
  event: Exclude<TurnEvent, { type: 'turn-start' | 'turn-end' }>,
) {
  const { log } = followed;
  if (event.type === 'reply-cut') {
    log.cut(event.length);
    Object.assign(followed, shownOf(log.since(0)));
    return;
  }
  const { text } = event;
  const kind = KIND[event.type];
  log.append(kind, text);
  if (kind === 'text' || kind === 'reasoning') followed[kind] += text;
  const source = sourceIn({ kind, text });
  if (source) followed.sources = [...followed.sources, source];
}

/** What each delta appends. */
export const KIND = {
  'text-delta': 'text',
  'reasoning-delta': 'reasoning',
  'source-delta': 'source',
  'tool-call-delta': 'tool-call',
  'unknown-delta': 'unknown',
} as const;

const NONE: readonly LocalTurn[] = [];

/** Caches one array per session, until it is invalidated. */
function turnLists(entries: ReadonlyMap<string, Followed>) {
  const lists = new Map<string, readonly LocalTurn[]>();
  const all = () => [...entries.values()].map(({ turn }) => turn);
  return {
    all,
    of(sessionId: string): readonly LocalTurn[] {
      const existing = lists.get(sessionId);
      if (existing) return existing;
      const list = all().filter((turn) => turn.sessionId === sessionId);
      // Most sessions have none: cache nothing for them.
      if (list.length === 0) return NONE;
      lists.set(sessionId, list);
      return list;
    },
    delete: (sessionId: string) => lists.delete(sessionId),
  };
}

/** Notifies subscribers at once, or once per frame. */
function announcer(nextFrame: (draw: () => void) => void) {
  const { notify, add } = listeners();
  let waiting = false;
  return {
    tell: notify,
    tellNextFrame() {
      if (waiting) return;
      waiting = true;
      nextFrame(() => {
        waiting = false;
        notify();
      });
    },
    subscribe: (listener: () => void) => add(listener),
  };
}
