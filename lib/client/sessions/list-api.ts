import { EXPORT_ALL, sessionPath } from '@/lib/client/net/api';
import { requestJson, type CallResult } from '@/lib/client/net/call';
import type { BulkChange, BulkResult } from '@/lib/sessions/bulk/bulk-store';
import type { TagCount } from '@/lib/sessions/lists/filter-store';

export type BulkEdit = BulkChange;

/** Changes many sessions in one call. */
export const changeSessions = (ids: readonly string[], edit: BulkEdit) =>
  requestJson<{ results: readonly BulkResult[] }>('/api/sessions/bulk', {
    method: 'POST',
    body: { ids, ...edit },
  });

/** The caller's tags. */
export const readTags = () => requestJson<{ tags: readonly TagCount[] }>('/api/tags');

/** Deletes a session in the trash permanently. One that is gone already, from another tab, is no problem. */
export async function deleteForGood(id: string): Promise<CallResult<null>> {
  const answer = await requestJson<null>(sessionPath(id, '?permanent=true'), { method: 'DELETE' });
  return answer.ok || answer.problem.code !== 404
    ? answer
    : { ok: true, value: null, rate: answer.rate };
}

/** Deletes the caller's deleted sessions permanently. */
export const emptyDeleted = () =>
  requestJson<null>('/api/sessions?trash=true', { method: 'DELETE' });

/** A file with these sessions. */
export const exportSomeAddress = (ids: readonly string[], format: 'json' | 'md') =>
  `${EXPORT_ALL}?format=${format}&ids=${ids.join(',')}`;
