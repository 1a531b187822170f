import { changeSessions, type BulkEdit } from '@/lib/client/sessions/list-api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { hideToast, showToast } from '@/lib/client/page/toasts';
import type { BulkOutcome } from '@/lib/sessions/bulk/bulk-store';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

type Action = BulkEdit['action'];

/** The undo of an action that moves sessions out of the list. */
const UNDONE_BY: Partial<Record<Action, 'restore' | 'unarchive' | 'archive'>> = {
  delete: 'restore',
  archive: 'unarchive',
  unarchive: 'archive',
};

/** Changes many sessions at once, reports the result, and offers an undo. */
export function useBulk() {
  const laterTexts = useLaterTexts();
  const texts = useTexts();
  const client = useClientState();
  const show = showToast.bind(null, client.toasts);

  /** True when the server did it. Sessions that another tab deleted are not an error. */
  const change = async (ids: readonly string[], edit: BulkEdit): Promise<boolean> => {
    const answer = await client.pendingWrites.during(changeSessions(ids, edit));
    if (!answer.ok) {
      show(laterTexts.bulk.failed(failureSentence(texts, answer.problem)));
      return false;
    }
    const { results } = answer.value;
    const having = (outcome: BulkOutcome) =>
      results.flatMap(({ id, result }) => (result === outcome ? [id] : []));
    const [done, full] = [having('done'), having('too-many-tags').length];
    if (full > 0) show(laterTexts.tagging.tooMany(full));
    if (done.length > 0) offerUndo(done, edit.action);
    // Another tab was faster: said too, but there is nothing to undo.
    else if (full === 0) saySame(having('unchanged').length, edit.action);
    requestRefresh(client);
    return full === 0;
  };

  const saySame = (count: number, action: Action) => {
    if (count > 0) show(laterTexts.bulk.done[action](count));
  };

  /** Only what the action changed is taken back. */
  const offerUndo = (ids: readonly string[], action: Action) => {
    const back = UNDONE_BY[action];
    const run = () => {
      hideToast(client.toasts, toast);
      if (back) void change(ids, { action: back });
    };
    const sentence = laterTexts.bulk.done[action](ids.length);
    const toast = show(sentence, back ? { label: texts.deletion.undo, run } : null);
  };

  return change;
}
