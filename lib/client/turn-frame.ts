import type { EndState, TurnEnd } from '@/lib/chat/events';
import type { SseFrame } from './sse-decoder';

/** What a frame of a turn's stream says. `upTo`: the length of the text with this token. */
export type TurnFrame =
  | { type: 'start'; requestId: string }
  | { type: 'token'; text: string; upTo: number | null }
  | { type: 'end'; end: TurnEnd; error: FrameError | null };

export interface FrameError {
  readonly code: number;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Null for a frame that is not understood: it is passed over, never shown. */
export function readTurnFrame({ id, data }: SseFrame): TurnFrame | null {
  const fields = parse(data);
  if (!fields) return null;
  if (fields['done'] === true) return readEnd(fields);
  const { token, request_id: requestId } = fields;
  if (typeof token === 'string') {
    return { type: 'token', text: token, upTo: /^\d+$/.test(id) ? Number(id) : null };
  }
  return typeof requestId === 'string' ? { type: 'start', requestId } : null;
}

function readEnd(fields: Fields): TurnFrame {
  const { error, code, state, reply_id: replyId, usage } = fields;
  const failed = typeof error === 'string';
  return {
    type: 'end',
    end: {
      state: isEndState(state) ? state : failed ? 'failed' : 'complete',
      replyId: typeof replyId === 'string' ? replyId : null,
      // Written by our own server from this very type.
      usage: (usage ?? null) as TurnEnd['usage'],
      failure: null,
    },
    error: failed ? { message: error, code: typeof code === 'number' ? code : 500 } : null,
  };
}

const isEndState = (state: unknown): state is EndState =>
  state === 'complete' || state === 'stopped' || state === 'interrupted' || state === 'failed';

function parse(data: string): Fields | null {
  try {
    const value: unknown = JSON.parse(data);
    // Any object can be read as fields of unknown type.
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** The part of a token that is not yet in a text of `have` units: after a reconnection frames may overlap. */
export function newText({ text, upTo }: { text: string; upTo: number | null }, have: number) {
  if (upTo === null) return text;
  const missing = Math.min(text.length, upTo - have);
  return missing > 0 ? text.slice(text.length - missing) : '';
}
