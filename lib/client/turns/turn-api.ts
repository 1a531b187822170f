import { ask, request } from '@/lib/client/net/call';
import type { PlainReply } from './follow-turn';

/** What a send asks for. `id` is request id and idempotency key in one: the same id never pays twice. */
export interface TurnRequest {
  readonly id: string;
  readonly sessionId: string;
  readonly model: string;
  readonly ask: Ask;
}

/** Words, with the failed turn that they replace; or the turn whose reply is to go on. */
export type Ask =
  { readonly text: string; readonly retryOf: string | null } | { readonly continues: string };

const askBody = (asked: Ask) =>
  'continues' in asked
    ? { continue: asked.continues }
    : { message: asked.text, ...(asked.retryOf && { retry_of: asked.retryOf }) };

const sending = (turn: TurnRequest, signal: AbortSignal) => ({
  signal,
  method: 'POST' as const,
  headers: { 'Idempotency-Key': turn.id, 'X-Request-ID': turn.id },
  body: {
    ...askBody(turn.ask),
    // None was listed: the server's default answers.
    ...(turn.model && { model: turn.model }),
    session_id: turn.sessionId,
  },
});

export const streamTurn = (turn: TurnRequest, signal: AbortSignal) =>
  request('/api/chat/stream', sending(turn, signal));

/** The plain route answers when the reply is whole. One that takes longer than this can be watched instead. */
const PLAIN_DEADLINE_MS = 60_000;

export const plainTurn = (turn: TurnRequest, signal: AbortSignal) =>
  ask<PlainReply>('/api/chat', { ...sending(turn, signal), deadlineMs: PLAIN_DEADLINE_MS });

const at = (requestId: string) => `/api/chat/stream/${encodeURIComponent(requestId)}`;

/** The stream of a turn from `offset` of its text on; one that has ended answers the rest and its end. */
export const watchTurn = (requestId: string, offset: number, signal: AbortSignal) =>
  request(at(requestId), { signal, headers: { 'Last-Event-ID': String(offset) } });

/** Stops a running turn; one that has ended stays as it is. */
export const stopTurn = (requestId: string) => ask<null>(at(requestId), { method: 'DELETE' });

/** Stops it if it runs, and forgets the words if it failed. */
export const dismissTurn = (requestId: string) =>
  ask<null>(`${at(requestId)}?dismiss=true`, { method: 'DELETE' });
