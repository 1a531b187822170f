import type { presentSettings, presentSession } from '@/lib/sessions/present';
import type { ListedSession, MessagePage, ShownPage } from '@/lib/page/session-page';
import { requestJson, requestStream, type CallResult } from './call';

/** The address of a session in the API. */
export const sessionPath = (sessionId: string, rest = '') =>
  `/api/sessions/${encodeURIComponent(sessionId)}${rest}`;

/** As the server writes it. */
type StoredSession = ReturnType<typeof presentSession>;

/** `model`: null for the default. */
export async function createSession(
  opening: string,
  model: string | null,
): Promise<CallResult<ListedSession>> {
  const body = model === null ? {} : { model };
  const answer = await requestJson<StoredSession>('/api/sessions', { method: 'POST', body });
  if (!answer.ok) return answer;
  const { id, title, created_at: lastActivity } = answer.value;
  return { ...answer, value: { id, title, opening, lastActivity } };
}

/** Fails with 409 (conflict) when the title is no longer `expected`. */
export const renameSession = (id: string, title: string, expected: string | null) =>
  requestJson<StoredSession>(sessionPath(id), { method: 'PATCH', body: { title, seen: expected } });

/** Pins or archives a session, or takes that back. */
export const arrangeSession = (id: string, edit: { pinned: boolean } | { archived: boolean }) =>
  requestJson<StoredSession>(sessionPath(id), { method: 'PATCH', body: edit });

/** With the last message, if there is one. */
export const readSession = (id: string) =>
  requestJson<StoredSession & { messages: readonly unknown[] }>(sessionPath(id, '?limit=1'));

/** Shows the branch of a message. */
export const showBranch = (id: string, head: string) =>
  requestJson<StoredSession>(sessionPath(id), { method: 'PATCH', body: { head } });

/** Copies the branch up to a message into a new session, once for each key. */
export const forkSession = (id: string, messageId: string, key: string) =>
  requestJson<StoredSession>(sessionPath(id, '/fork'), {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: { message_id: messageId },
  });

export const deleteSession = (id: string) =>
  requestJson<null>(sessionPath(id), { method: 'DELETE' });

/** Deletes all of the caller's data permanently. */
export const deleteEverything = () =>
  requestJson<null>('/api/sessions?everything=true', { method: 'DELETE' });

export const restoreSession = (id: string) =>
  requestJson<StoredSession>(sessionPath(id, '/restore'), { method: 'POST' });

export const exportAddress = (id: string, format: 'json' | 'md') =>
  sessionPath(id, `/export?format=${format}`);

/** The page that prints a session. */
export const printAddress = (id: string) => `/s/${encodeURIComponent(id)}/print`;

/** A file with all sessions. */
export const EXPORT_ALL = '/api/export';

/** Everything a page shows, with this session if one is given. */
export const readPage = (sessionId: string | null) =>
  requestJson<ShownPage>(
    sessionId === null ? '/api/page' : `/api/page?session_id=${encodeURIComponent(sessionId)}`,
  );

/** The change feed (SSE). */
export const openChanges = (signal: AbortSignal) =>
  requestStream('/api/sessions/changes', { signal });

/** The page of messages before the one with this id, oldest first. */
export const earlierMessages = (sessionId: string, before: string) =>
  requestJson<MessagePage>(
    `/api/page/messages?${new URLSearchParams({ session_id: sessionId, before }).toString()}`,
  );

export type StoredSettings = ReturnType<typeof presentSettings>;

export const writeSettings = (id: string, settings: Partial<StoredSettings>) =>
  requestJson<StoredSettings>(sessionPath(id), { method: 'PATCH', body: settings });
