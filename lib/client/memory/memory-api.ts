import { sessionPath } from '@/lib/client/net/api';
import { requestJson } from '@/lib/client/net/call';
import type { presentMemory, presentRevision } from '@/lib/sessions/memory/present';

export type StoredMemory = ReturnType<typeof presentMemory>;

export type StoredRevision = ReturnType<typeof presentRevision>;

export const readMemory = (sessionId: string) =>
  requestJson<StoredMemory>(sessionPath(sessionId, '/memory'));

export const writeMemory = (
  sessionId: string,
  edit: { memory?: string | null; enabled?: boolean; seen?: string | null },
) => requestJson<StoredMemory>(sessionPath(sessionId, '/memory'), { method: 'PUT', body: edit });

/** A line is named by its text, a change by the id of its revision. Fails with 409 when there is no such line. */
export const changeMemory = (
  sessionId: string,
  change: { pin: string } | { unpin: string } | { forget: string } | { undo: string },
) =>
  requestJson<StoredMemory>(sessionPath(sessionId, '/memory'), { method: 'PATCH', body: change });

export const forgetMemory = (sessionId: string) =>
  requestJson<null>(sessionPath(sessionId, '/memory'), { method: 'DELETE' });

/** After this no revision can be restored. */
export const forgetMemoryHistory = (sessionId: string) =>
  requestJson<null>(sessionPath(sessionId, '/memory?history=true'), { method: 'DELETE' });

export const memoryRevisions = (sessionId: string, limit: number) =>
  requestJson<StoredRevision[]>(sessionPath(sessionId, `/memory/revisions?limit=${String(limit)}`));
