import { useMemo } from 'react';
import { useClientState } from '@/lib/client/page/client-state';
import { prependToDraft } from '@/lib/client/composer/drafts';
import { focusMessage } from '@/lib/client/composer/focus-message';
import type { FailedItem } from './older-failures';
import type { ReplyItem, TranscriptItem } from './transcript-items';
import { dismissTurn } from '@/lib/client/turns/turn-api';
import { entriesOf } from '@/lib/reply/parts';
import { useLeaveEmpty } from './use-leave-empty';
import { changeDraft } from '@/lib/client/composer/use-draft';
import type { Sending } from '@/lib/client/composer/use-send';
import type { SendSettings } from '@/lib/client/composer/use-send-settings';

/** Actions on a turn that did not end well. */
export interface TranscriptActions {
  /** Reconnects a reply whose connection was lost; asks again for one that was cut off. */
  readonly retryReply: (item: ReplyItem) => void;
  /** Continues a reply that was cut off or stopped. */
  readonly continueReply: (item: ReplyItem) => void;
  readonly retryFailed: (item: FailedItem) => void;
  /** Moves the user's text back into the composer, before the draft. */
  readonly edit: (item: FailedItem) => void;
  readonly dismiss: (item: FailedItem) => void;
}

/** Later page reads no longer contain the older ones. */
const newest = (requestIds: readonly string[]): ReadonlySet<string> =>
  new Set(requestIds.slice(-DISMISSED_MAX));

const DISMISSED_MAX = 200;

export function useTranscriptActions(
  sessionId: string | null,
  { model, stream }: SendSettings,
  send: (sending: Sending) => Promise<void>,
  items: readonly TranscriptItem[],
): TranscriptActions {
  const { turns, dismissed } = useClientState();
  const leave = useLeaveEmpty(sessionId);
  const isLast = items.length === 1;
  return useMemo(() => {
    const hide = ({ requestId, turn }: FailedItem) => {
      const replaced = turn?.retryOf ?? requestId;
      dismissed.set(newest([...dismissed.get(), requestId, replaced]));
    };
    const dismiss = (item: FailedItem) => {
      hide(item);
      const { turn, requestId } = item;
      const answered = turn ? turns.dismiss(turn.id) : dismissTurn(requestId);
      if (isLast) void leave(answered);
    };
    return {
      dismiss,
      retryReply({ state, turn, userText, question }) {
        if (state === 'lost' && turn) turns.resume(turn.id, stream);
        else if (question !== null && sessionId !== null)
          turns.regenerate({ sessionId, regenerates: question, question, model, stream });
        else if (userText !== null) void send({ text: userText, model, stream, retryOf: null });
      },
      continueReply({ key, stored, turn, continues: requestId }) {
        if (sessionId === null || requestId === null) return;
        if (turn && !turn.confirmed) {
          turns.resume(turn.id, stream);
          return;
        }
        const reply = stored
          ? entriesOf(stored)
          : turn
            ? turns.registry.reply(turn.id).since(0)
            : [];
        turns.continue({ sessionId, continues: { requestId, key }, reply, model, stream });
      },
      retryFailed(item) {
        const { turn, text, requestId } = item;
        if (turn && !turn.confirmed) {
          turns.resume(turn.id, stream);
          return;
        }
        // The server removes the failed turn when the new one begins.
        hide(item);
        if (turn) turns.registry.remove(turn.id);
        const parent = turn?.place?.after;
        void send({ text, model, stream, retryOf: requestId, parent });
      },
      edit(item) {
        dismiss(item);
        changeDraft(sessionId, (draft) => prependToDraft(item.text, draft));
        focusMessage();
      },
    };
  }, [sessionId, model, stream, send, turns, dismissed, leave, isLast]);
}
