import { requestJson, requestStream } from '@/lib/client/net/call';
import type { PlainReply } from './follow-turn';

/** The input of a send. `id` is both request id and idempotency key: a retry never pays twice. */
export interface TurnRequest {
  readonly id: string;
  readonly sessionId: string;
  readonly model: string;
  readonly body: SendBody;
}

/**
 * The user's text, with the failed turn it replaces and what it answers, where that is not the end of the branch; or the
 * turn whose reply to continue; or the message to answer once more.
 */
export type SendBody =
  | {
      readonly text: string;
      readonly retryOf: string | null;
      readonly parent?: string | null | undefined;
    }
  | { readonly continues: string }
  | { readonly regenerates: string };

function sendBody(body: SendBody): object {
  if ('continues' in body) return { continue: body.continues };
  if ('regenerates' in body) return { regenerate: body.regenerates };
  const { text, retryOf, parent } = body;
  return {
    message: text,
    ...(retryOf && { retry_of: retryOf }),
    ...(parent !== undefined && { parent_id: parent }),
  };
}

const sending = (turn: TurnRequest, signal: AbortSignal) => ({
  signal,
  method: 'POST' as const,
  headers: { 'Idempotency-Key': turn.id, 'X-Request-ID': turn.id },
  body: {
    ...sendBody(turn.body),
    // No model was listed: the server's default applies.
    ...(turn.model && { model: turn.model }),
    session_id: turn.sessionId,
  },
});

export const streamTurn = (turn: TurnRequest, signal: AbortSignal) =>
  requestStream('/api/chat/stream', sending(turn, signal));

/** The plain route responds when the reply is complete. A slower turn is watched instead. */
const PLAIN_DEADLINE_MS = 60_000;

export const plainTurn = (turn: TurnRequest, signal: AbortSignal) =>
  requestJson<PlainReply>('/api/chat', { ...sending(turn, signal), deadlineMs: PLAIN_DEADLINE_MS });

const at = (requestId: string) => `/api/chat/stream/${encodeURIComponent(requestId)}`;

/** The stream of a turn from a position on. For an ended turn: the rest and the end. */
export const watchTurn = (requestId: string, position: number, signal: AbortSignal) =>
  requestStream(at(requestId), { signal, headers: { 'Last-Event-ID': String(position) } });

/** Stops a running turn. Idempotent for one that has ended. */
export const stopTurn = (requestId: string) =>
  requestJson<null>(at(requestId), { method: 'DELETE' });

/** Stops the turn if it runs, and deletes the user's text if it failed. */
export const dismissTurn = (requestId: string) =>
  requestJson<null>(`${at(requestId)}?dismiss=true`, { method: 'DELETE' });
