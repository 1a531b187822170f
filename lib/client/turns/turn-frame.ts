import type { EndState, TurnEnd } from '@/lib/chat/turn/events';
import type { CutReason, ShownFailure } from '@/lib/errors';
import { readFailure } from '@/lib/client/net/problem';
import type { SseFrame } from '@/lib/sse';

/** One frame of a turn's stream. `upTo`: the length of the text including this frame, in UTF-16 units. */
export type TurnFrame =
  | { type: 'start'; requestId: string; upTo: number | null }
  | { type: 'token'; text: string; upTo: number | null }
  | { type: 'end'; end: TurnEnd; error: FrameError | null; upTo: number | null };

export interface FrameError extends ShownFailure {
  /** Seconds from now; null: it may be sent again at once. */
  readonly retryAfter: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Null for an unknown frame, which is skipped. */
export function readTurnFrame({ id, data }: SseFrame): TurnFrame | null {
  const fields = parse(data);
  if (!fields) return null;
  const upTo = /^\d+$/.test(id) ? Number(id) : null;
  if (fields['done'] === true) return { ...readEnd(fields), upTo };
  const { token, request_id: requestId } = fields;
  if (typeof token === 'string') return { type: 'token', text: token, upTo };
  return typeof requestId === 'string' ? { type: 'start', requestId, upTo } : null;
}

function readEnd(fields: Fields): Omit<Extract<TurnFrame, { type: 'end' }>, 'upTo'> {
  const {
    error,
    code,
    retry_after: retryAfter,
    state,
    reply_id: replyId,
    usage,
    cut,
    omitted,
  } = fields;
  const failed = typeof error === 'string';
  return {
    type: 'end',
    end: {
      state: isEndState(state) ? state : failed ? 'failed' : 'complete',
      replyId: typeof replyId === 'string' ? replyId : null,
      // Our own server serialises this very type.
      usage: (usage ?? null) as TurnEnd['usage'],
      failure: isCut(cut) ? { kind: 'cut-short', reason: cut } : null,
      ...(typeof omitted === 'number' && { omitted }),
    },
    error: failed
      ? {
          ...readFailure(fields, typeof code === 'number' ? code : 500),
          retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
        }
      : null,
  };
}

const CUTS: readonly unknown[] = ['length', 'limit', 'filter', 'thoughts', 'no-answer'];

const isCut = (cut: unknown): cut is CutReason => CUTS.includes(cut);

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

/**
 * How a token changes the text: where to cut it first and what to append. After a reconnection frames may overlap the
 * text, and where they differ the frame wins.
 */
export function changeBy({ text, upTo }: { text: string; upTo: number | null }, have: string) {
  const from = upTo === null ? have.length : upTo - text.length;
  if (from >= have.length) return { cutTo: null, add: text };
  const known = have.slice(from, from + text.length);
  return text.startsWith(known)
    ? { cutTo: null, add: text.slice(known.length) }
    : { cutTo: from, add: text };
}
