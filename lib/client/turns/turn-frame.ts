import type { EndState, TurnEnd } from '@/lib/chat/turn/events';
import type { CutReason } from '@/lib/errors';
import type { PageFailure } from '@/lib/public-failure';
import { readFailure } from '@/lib/client/net/problem';
import { before, lengthOf, type EntryKind } from '@/lib/reply/entry';
import type { ReplyLog } from '@/lib/reply/log';
import { sourceAt, sourceText } from '@/lib/reply/source';
import type { SseFrame } from '@/lib/sse';

/** One frame of a turn's stream. `upTo`: the position in the reply after this frame. */
export type TurnFrame =
  | { type: 'start'; requestId: string; upTo: number | null }
  | { type: 'delta'; kind: EntryKind; text: string; upTo: number | null }
  | { type: 'end'; end: TurnEnd; error: FrameError | null; upTo: number | null };

export interface FrameError extends PageFailure {
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
  const { token, reasoning, source, request_id: requestId } = fields;
  if (typeof token === 'string') return { type: 'delta', kind: 'text', text: token, upTo };
  if (typeof reasoning === 'string')
    return { type: 'delta', kind: 'reasoning', text: reasoning, upTo };
  const cited = typeof source === 'object' && source !== null && readSource(source);
  if (cited) return { type: 'delta', kind: 'source', text: sourceText(cited), upTo };
  return typeof requestId === 'string' ? { type: 'start', requestId, upTo } : null;
}

const readSource = ({ url, title }: { url?: unknown; title?: unknown }) => sourceAt(url, title);

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
    thought_ms: thoughtMs,
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
      ...(typeof thoughtMs === 'number' && { thoughtMs }),
    },
    error: failed
      ? {
          ...readFailure(fields, typeof code === 'number' ? code : 500),
          retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
        }
      : null,
  };
}

const CUTS: readonly unknown[] = [
  'length',
  'limit',
  'filter',
  'tool-calls',
  'thoughts',
  'no-answer',
];

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

/** The reply so far, including events already handled. */
export type ReplySoFar = Pick<ReplyLog, 'length' | 'since'>;

type Delta = Omit<Extract<TurnFrame, { type: 'delta' }>, 'type'>;

/** How many entries before this frame came in frames that this version does not know. Each of those is 1 long. */
export const skippedBefore = ({ kind, text, upTo }: Delta, reply: ReplySoFar): number =>
  upTo === null ? 0 : Math.max(0, upTo - lengthOf({ kind, text }) - reply.length());

/**
 * How a frame changes the reply: where to cut it first and what to append. After a reconnection frames may overlap the
 * reply, and where they differ the frame wins.
 */
export function changeBy({ kind, text, upTo }: Delta, reply: ReplySoFar) {
  const length = lengthOf({ kind, text });
  const from = upTo === null ? reply.length() : upTo - length;
  if (from >= reply.length()) return { cutTo: null, add: text };
  const [existing, other] = before(reply.since(from), from + length);
  const isSame = other === undefined && existing?.kind === kind && text.startsWith(existing.text);
  return isSame
    ? { cutTo: null, add: text.slice(existing.text.length) }
    : { cutTo: from, add: text };
}
