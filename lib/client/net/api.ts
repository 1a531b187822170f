import type { presentPrompt } from '@/lib/chat/turn/present-prompt';
import type { BulkChange, BulkResult } from '@/lib/sessions/bulk/bulk-store';
import type { TagCount } from '@/lib/sessions/lists/filter-store';
import type { presentMemory, presentRevision } from '@/lib/sessions/memory/present';
import type { presentSettings, presentSession } from '@/lib/sessions/present';
import type { ListedSession, MessagePage, ShownPage } from '@/lib/page/session-page';
import { requestJson, requestStream, type CallResult } from './call';

const at = (sessionId: string, rest = '') =>
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
  requestJson<StoredSession>(at(id), { method: 'PATCH', body: { title, seen: expected } });

/** Pins or archives a session, or takes that back. */
export const arrangeSession = (id: string, edit: { pinned: boolean } | { archived: boolean }) =>
  requestJson<StoredSession>(at(id), { method: 'PATCH', body: edit });

export type BulkEdit = BulkChange;

/** Changes many sessions in one call. */
export const changeSessions = (ids: readonly string[], edit: BulkEdit) =>
  requestJson<{ results: readonly BulkResult[] }>('/api/sessions/bulk', {
    method: 'POST',
    body: { ids, ...edit },
  });

/** The caller's tags. */
export const readTags = () => requestJson<{ tags: readonly TagCount[] }>('/api/tags');

/** With the last message, if there is one. */
export const readSession = (id: string) =>
  requestJson<StoredSession & { messages: readonly unknown[] }>(at(id, '?limit=1'));

/** Shows the branch of a message. */
export const showBranch = (id: string, head: string) =>
  requestJson<StoredSession>(at(id), { method: 'PATCH', body: { head } });

/** Copies the branch up to a message into a new session, once for each key. */
export const forkSession = (id: string, messageId: string, key: string) =>
  requestJson<StoredSession>(at(id, '/fork'), {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: { message_id: messageId },
  });

export const deleteSession = (id: string) => requestJson<null>(at(id), { method: 'DELETE' });

/** Deletes a session in the trash permanently. One that is gone already, from another tab, is no problem. */
export async function deleteForGood(id: string): Promise<CallResult<null>> {
  const answer = await requestJson<null>(at(id, '?permanent=true'), { method: 'DELETE' });
  return answer.ok || answer.problem.code !== 404
    ? answer
    : { ok: true, value: null, rate: answer.rate };
}

/** Deletes all of the caller's data permanently. */
export const deleteEverything = () =>
  requestJson<null>('/api/sessions?everything=true', { method: 'DELETE' });

/** Deletes the caller's deleted sessions permanently. */
export const emptyDeleted = () =>
  requestJson<null>('/api/sessions?trash=true', { method: 'DELETE' });

export const restoreSession = (id: string) =>
  requestJson<StoredSession>(at(id, '/restore'), { method: 'POST' });

export const exportAddress = (id: string, format: 'json' | 'md') =>
  at(id, `/export?format=${format}`);

/** The page that prints a session. */
export const printAddress = (id: string) => `/s/${encodeURIComponent(id)}/print`;

/** A file with all sessions. */
export const EXPORT_ALL = '/api/export';

/** A file with these sessions. */
export const exportSomeAddress = (ids: readonly string[], format: 'json' | 'md') =>
  `${EXPORT_ALL}?format=${format}&ids=${ids.join(',')}`;

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

/** The settings of a session, and the deployment's defaults. */
export async function readSettings(
  id: string,
): Promise<
  CallResult<{ settings: StoredSettings; models: readonly string[]; defaults: StoredSettings }>
> {
  const [session, list] = await Promise.all([
    requestJson<StoredSettings>(at(id, '?limit=1')),
    requestJson<{ models: readonly { id: string }[]; defaults: StoredSettings }>('/api/models'),
  ]);
  if (!session.ok) return session;
  if (!list.ok) return list;
  const { models, defaults } = list.value;
  return {
    ...session,
    value: { settings: session.value, models: models.map((model) => model.id), defaults },
  };
}

export const writeSettings = (id: string, settings: Partial<StoredSettings>) =>
  requestJson<StoredSettings>(at(id), { method: 'PATCH', body: settings });

export type SentPrompt = NonNullable<ReturnType<typeof presentPrompt>>;

/** What the model saw for a reply; several requests where it was continued. */
export const readPrompt = (id: string, messageId: string) =>
  requestJson<{ requests: readonly SentPrompt[] }>(
    at(id, `/messages/${encodeURIComponent(messageId)}/prompt`),
  );

export type StoredMemory = ReturnType<typeof presentMemory>;
export type StoredRevision = ReturnType<typeof presentRevision>;

export const readMemory = (sessionId: string) =>
  requestJson<StoredMemory>(at(sessionId, '/memory'));

export const writeMemory = (
  sessionId: string,
  edit: { memory?: string | null; enabled?: boolean; seen?: string | null },
) => requestJson<StoredMemory>(at(sessionId, '/memory'), { method: 'PUT', body: edit });

/** A line is named by its text, a change by the id of its revision. Fails with 409 when there is no such line. */
export const changeMemory = (
  sessionId: string,
  change: { pin: string } | { unpin: string } | { forget: string } | { undo: string },
) => requestJson<StoredMemory>(at(sessionId, '/memory'), { method: 'PATCH', body: change });

export const forgetMemory = (sessionId: string) =>
  requestJson<null>(at(sessionId, '/memory'), { method: 'DELETE' });

/** After this no revision can be restored. */
export const forgetMemoryHistory = (sessionId: string) =>
  requestJson<null>(at(sessionId, '/memory?history=true'), { method: 'DELETE' });

export const memoryRevisions = (sessionId: string, limit: number) =>
  requestJson<StoredRevision[]>(at(sessionId, `/memory/revisions?limit=${String(limit)}`));
