import type { presentMemory, presentRevision, presentSession } from '@/lib/sessions/present';
import type { ListedSession, MessagePage, ShownPage } from '@/lib/page/session-page';
import { ask, request, type Answer } from './call';

const at = (sessionId: string, rest = '') =>
  `/api/sessions/${encodeURIComponent(sessionId)}${rest}`;

/** As the server writes it. */
type StoredSession = ReturnType<typeof presentSession>;

export async function createSession(opening: string): Promise<Answer<ListedSession>> {
  const answer = await ask<StoredSession>('/api/sessions', { method: 'POST', body: {} });
  if (!answer.ok) return answer;
  const { id, title, created_at: lastActivity } = answer.value;
  return { ...answer, value: { id, title, opening, lastActivity } };
}

/** Fails with 409 (conflict) when the title is no longer `seen`. */
export const renameSession = (id: string, title: string, seen: string | null) =>
  ask<StoredSession>(at(id), { method: 'PATCH', body: { title, seen } });

export const readSession = (id: string) => ask<StoredSession>(at(id, '?limit=1'));

export const deleteSession = (id: string) => ask<null>(at(id), { method: 'DELETE' });

/** Deletes all of the caller's data permanently. */
export const deleteEverything = () =>
  ask<null>('/api/sessions?everything=true', { method: 'DELETE' });

/** Deletes the caller's deleted sessions permanently. */
export const emptyDeleted = () => ask<null>('/api/sessions?trash=true', { method: 'DELETE' });

export const restoreSession = (id: string) =>
  ask<StoredSession>(at(id, '/restore'), { method: 'POST' });

export const exportAddress = (id: string, format: 'json' | 'md') =>
  at(id, `/export?format=${format}`);

/** Everything a page shows, with this session if one is given. */
export const readPage = (sessionId: string | null) =>
  ask<ShownPage>(
    sessionId === null ? '/api/page' : `/api/page?session_id=${encodeURIComponent(sessionId)}`,
  );

/** The change feed (SSE). */
export const openChanges = (signal: AbortSignal) => request('/api/sessions/changes', { signal });

/** The page of messages before the one with this id, oldest first. */
export const earlierMessages = (sessionId: string, before: string) =>
  ask<MessagePage>(
    `/api/page/messages?${new URLSearchParams({ session_id: sessionId, before }).toString()}`,
  );

export type StoredMemory = ReturnType<typeof presentMemory>;
export type StoredRevision = ReturnType<typeof presentRevision>;

export const readMemory = (sessionId: string) => ask<StoredMemory>(at(sessionId, '/memory'));

export const writeMemory = (
  sessionId: string,
  edit: { memory?: string | null; enabled?: boolean; seen?: string | null },
) => ask<StoredMemory>(at(sessionId, '/memory'), { method: 'PUT', body: edit });

export const forgetMemory = (sessionId: string) =>
  ask<null>(at(sessionId, '/memory'), { method: 'DELETE' });

/** After this no revision can be restored. */
export const forgetMemoryHistory = (sessionId: string) =>
  ask<null>(at(sessionId, '/memory?history=true'), { method: 'DELETE' });

export const memoryRevisions = (sessionId: string) =>
  ask<StoredRevision[]>(at(sessionId, '/memory/revisions'));
