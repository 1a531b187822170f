import type { TurnEnd, TurnEvent } from '@/lib/chat/turn/events';
import { listeners } from '@/lib/listeners';
import type { Problem } from '@/lib/client/net/problem';

/** A turn as this tab follows it. The text of its reply is kept apart, since it changes with every frame. */
export interface LocalTurn {
  readonly id: string;
  readonly sessionId: string;
  readonly requestId: string;
  /** What the user wrote; null for a turn found running, whose words the page has already. */
  readonly words: string | null;
  readonly model: string;
  readonly retryOf: string | null;
  /** The reply it goes on with; null when it asks for a new one. */
  readonly continues: ContinuedReply | null;
  /** `lost`: the connection is gone and will be tried again. */
  readonly phase: 'sending' | 'writing' | 'lost' | 'ended';
  /** The server said that it has the turn. */
  readonly confirmed: boolean;
  readonly stopping: boolean;
  readonly end: TurnEnd | null;
  readonly problem: Problem | null;
}

/** A turn that is about to be sent or watched. */
export const newTurn = (id: string, sessionId: string): LocalTurn => ({
  id,
  sessionId,
  requestId: id,
  words: null,
  model: '',
  retryOf: null,
  continues: null,
  phase: 'sending',
  confirmed: false,
  stopping: false,
  end: null,
  problem: null,
});

export interface ContinuedReply {
  /** The request id of the turn that left it off. */
  readonly requestId: string;
  /** Its place in the transcript, which it keeps. */
  readonly key: string;
}

type Change = Partial<Omit<LocalTurn, 'id' | 'sessionId'>>;

/** The turns that this tab follows, of all sessions. A list stays the same object until one of its turns changes. */
export interface TurnBook {
  of(sessionId: string): readonly LocalTurn[];
  /** Of all sessions, oldest first. */
  all(): readonly LocalTurn[];
  get(id: string): LocalTurn | null;
  text(id: string): string;
  /** `text`: what there is of the reply already, for a turn that is new here. */
  add(turn: LocalTurn, text?: string): void;
  change(id: string, change: Change): void;
  /** Adds an event; text is shown with the next frame, everything else at once. No text follows the end. */
  record(id: string, event: TurnEvent): void;
  remove(id: string): void;
  subscribe(listener: () => void): () => void;
}

interface Entry {
  turn: LocalTurn;
  text: string;
}

/** `nextFrame` calls back once before the next frame is drawn, or soon where none is drawn. */
export function turnBook(nextFrame: (draw: () => void) => void): TurnBook {
  const entries = new Map<string, Entry>();
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
    of: lists.of,
    add(turn, text = '') {
      entries.set(turn.id, { turn, text: entries.get(turn.id)?.text ?? text });
      lists.delete(turn.sessionId);
      tell();
    },
    record(id, event) {
      const entry = entries.get(id);
      if (!entry) return;
      const { continues, phase, end } = entry.turn;
      switch (event.type) {
        case 'turn-start': {
          // A reply that goes on shows its old text meanwhile: it is being written from the first new word on.
          const waits = continues !== null && phase === 'sending';
          const { requestId } = event;
          change(id, { requestId, confirmed: true, phase: waits ? 'sending' : 'writing' });
          return;
        }
        case 'text-delta':
        case 'text-cut':
          if (end) return;
          if (event.type === 'text-delta') entry.text += event.text;
          else entry.text = entry.text.slice(0, event.length);
          if (phase === 'sending') change(id, { phase: 'writing' });
          tellNextFrame();
          return;
        case 'turn-end':
          change(id, { end: event.end, phase: 'ended' });
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

const NONE: readonly LocalTurn[] = [];

/** A session's turns as one list, made anew only when it was forgotten. */
function turnLists(entries: ReadonlyMap<string, Entry>) {
  const lists = new Map<string, readonly LocalTurn[]>();
  const all = () => [...entries.values()].map(({ turn }) => turn);
  return {
    all,
    of(sessionId: string): readonly LocalTurn[] {
      const known = lists.get(sessionId);
      if (known) return known;
      const list = all().filter((turn) => turn.sessionId === sessionId);
      // Most sessions that one looks at have none: nothing is kept of them.
      if (list.length === 0) return NONE;
      lists.set(sessionId, list);
      return list;
    },
    delete: (sessionId: string) => lists.delete(sessionId),
  };
}

/** Tells listeners at once, or once with the next frame however often it is asked. */
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
