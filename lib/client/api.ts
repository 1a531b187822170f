import type { ListedSession, PageMessage, ShownPage } from '@/lib/sessions/session-page';
import { friendlySentence, saidIn, type Problem } from './problem';
import { readRate, readRetryAt, type Rate } from './rate';

/** What became of a call. Calls never reject, except with the reason of an aborted signal. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value; readonly rate: Rate | null }
  | { readonly ok: false; readonly problem: Problem; readonly rate: Rate | null };

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How long the headers of the answer may take; its body may take longer. */
  readonly deadlineMs?: number;
}

/** A connection that died without a word would else be waited for until TCP gives up, which takes minutes. */
const DEADLINE_MS = 20_000;

const UNREACHABLE: Problem = {
  code: 0,
  message: friendlySentence(0, ''),
  ref: null,
  retryAt: null,
};

/** Asks the server. A response that is not OK is a problem, worded from the unified error body. */
export async function request(path: string, call: Call = {}): Promise<Answer<Response>> {
  let response: Response;
  try {
    response = await answerInTime(path, call);
  } catch {
    call.signal?.throwIfAborted();
    return { ok: false, problem: UNREACHABLE, rate: null };
  }
  const rate = readRate(response.headers, Date.now());
  if (response.ok) return { ok: true, value: response, rate };
  return { ok: false, problem: await problemOf(path, response), rate };
}

async function answerInTime(path: string, call: Call): Promise<Response> {
  const { method = 'GET', body, headers, signal, deadlineMs = DEADLINE_MS } = call;
  const controller = abortedBy(signal);
  const timer = setTimeout(() => {
    controller.abort();
  }, deadlineMs);
  try {
    return await fetch(path, {
      method,
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: controller.signal,
      cache: 'no-store',
    });
  } finally {
    clearTimeout(timer);
  }
}

/** As `AbortSignal.any` has it, which Safari lacked before 17.4. */
function abortedBy(signal: AbortSignal | undefined): AbortController {
  const controller = new AbortController();
  const abort = () => {
    controller.abort(signal?.reason);
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return controller;
}

/** What a proxy answered in our place is told from our own errors by its body: it counts as unreachable. */
async function problemOf(path: string, response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => null);
  if (typeof said !== 'object' || said === null || !('error' in said)) return UNREACHABLE;
  return {
    code: response.status,
    message: friendlySentence(response.status, saidIn(said), path),
    ref: response.headers.get('X-Request-ID'),
    retryAt: readRetryAt(response.headers, Date.now()),
  };
}

/** The value is what our own server sends there, as docs/api.md describes it. */
async function ask<Value>(path: string, call?: Call): Promise<Answer<Value>> {
  const answer = await request(path, call);
  if (!answer.ok) return answer;
  try {
    const empty = answer.value.status === 204;
    return { ...answer, value: (empty ? null : await answer.value.json()) as Value };
  } catch {
    return { ok: false, problem: UNREACHABLE, rate: answer.rate };
  }
}

const at = (sessionId: string, rest = '') =>
  `/api/sessions/${encodeURIComponent(sessionId)}${rest}`;

interface StoredSession {
  readonly id: string;
  readonly title: string | null;
  readonly created_at: string;
}

export async function createSession(opening: string): Promise<Answer<ListedSession>> {
  const answer = await ask<StoredSession>('/api/sessions', { method: 'POST', body: {} });
  if (!answer.ok) return answer;
  const { id, title, created_at: lastActivity } = answer.value;
  return { ...answer, value: { id, title, opening, lastActivity } };
}

/** Refused with 409 when the title is no longer the one that was `seen`. */
export const renameSession = (id: string, title: string, seen: string | null) =>
  ask<StoredSession>(at(id), { method: 'PATCH', body: { title, seen } });

export const readSession = (id: string) => ask<StoredSession>(at(id, '?limit=1'));

export const deleteSession = (id: string) => ask<null>(at(id), { method: 'DELETE' });

export const restoreSession = (id: string) =>
  ask<StoredSession>(at(id, '/restore'), { method: 'POST' });

export const exportAddress = (id: string, format: 'json' | 'md') =>
  at(id, `/export?format=${format}`);

/** All that a page shows, with this session if there is one. */
export const readPage = (sessionId: string | null) =>
  ask<ShownPage>(
    sessionId === null ? '/api/page' : `/api/page?session_id=${encodeURIComponent(sessionId)}`,
  );

/** The feed of what changes, here or elsewhere. */
export const openChanges = (signal: AbortSignal) => request('/api/sessions/changes', { signal });

interface StoredMessage extends Pick<PageMessage, 'id' | 'role' | 'content'> {
  readonly state?: PageMessage['state'];
}

/** The messages before one that is shown, oldest first. */
export async function earlierMessages(
  sessionId: string,
  before: string,
  limit: number,
): Promise<Answer<PageMessage[]>> {
  const query = new URLSearchParams({ before, limit: String(limit) });
  const answer = await ask<{ messages: StoredMessage[] }>(at(sessionId, `?${query.toString()}`));
  if (!answer.ok) return answer;
  const messages = answer.value.messages.map(({ id, role, content, state }) => ({
    id,
    role,
    content,
    state: state ?? ('complete' as const),
    turn: null,
  }));
  return { ...answer, value: messages };
}

export interface StoredMemory {
  readonly memory: string | null;
  readonly enabled: boolean;
  readonly updated_at: string;
}

export interface StoredRevision {
  readonly id: string;
  readonly memory: string | null;
  readonly author: 'model' | 'user';
  readonly created_at: string;
}

export const readMemory = (sessionId: string) => ask<StoredMemory>(at(sessionId, '/memory'));

export const writeMemory = (
  sessionId: string,
  edit: { memory?: string | null; enabled?: boolean; seen?: string | null },
) => ask<StoredMemory>(at(sessionId, '/memory'), { method: 'PUT', body: edit });

export const forgetMemory = (sessionId: string) =>
  ask<null>(at(sessionId, '/memory'), { method: 'DELETE' });

export const memoryRevisions = (sessionId: string) =>
  ask<StoredRevision[]>(at(sessionId, '/memory/revisions'));
