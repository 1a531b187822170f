import { request, type Answer } from './call';

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

const askBody = (ask: Ask) =>
  'continues' in ask
    ? { continue: ask.continues }
    : { message: ask.text, ...(ask.retryOf && { retry_of: ask.retryOf }) };

const send = (
  path: string,
  turn: TurnRequest,
  call: { readonly signal: AbortSignal; readonly deadlineMs?: number },
): Promise<Answer<Response>> =>
  request(path, {
    ...call,
    method: 'POST',
    headers: { 'Idempotency-Key': turn.id, 'X-Request-ID': turn.id },
    body: {
      ...askBody(turn.ask),
      // None was listed: the server's default answers.
      ...(turn.model && { model: turn.model }),
      session_id: turn.sessionId,
    },
  });

export const streamTurn = (turn: TurnRequest, signal: AbortSignal) =>
  send('/api/chat/stream', turn, { signal });

/** The plain route answers when the reply is whole. One that takes longer than this can be watched instead. */
const PLAIN_DEADLINE_MS = 60_000;

export const plainTurn = (turn: TurnRequest, signal: AbortSignal) =>
  send('/api/chat', turn, { signal, deadlineMs: PLAIN_DEADLINE_MS });

const at = (requestId: string) => `/api/chat/stream/${encodeURIComponent(requestId)}`;

/** The stream of a turn from `offset` of its text on; one that has ended answers the rest and its end. */
export const watchTurn = (requestId: string, offset: number, signal: AbortSignal) =>
  request(at(requestId), { signal, headers: { 'Last-Event-ID': String(offset) } });

/** Stops a running turn; one that has ended stays as it is. */
export const stopTurn = (requestId: string) => request(at(requestId), { method: 'DELETE' });

/** Stops it if it runs, and forgets the words if it failed. */
export const dismissTurn = (requestId: string) =>
  request(`${at(requestId)}?dismiss=true`, { method: 'DELETE' });
