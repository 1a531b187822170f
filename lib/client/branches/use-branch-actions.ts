import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { newId } from '@/lib/client/browser/new-id';
import { copyText } from '@/lib/client/browser/copy-text';
import { focusMessage } from '@/lib/client/composer/focus-message';
import { withQuote } from '@/lib/client/composer/quote';
import { changeDraft } from '@/lib/client/composer/use-draft';
import type { Sending } from '@/lib/client/composer/use-send';
import type { SendSettings } from '@/lib/client/composer/use-send-settings';
import { forkSession, showBranch } from '@/lib/client/net/api';
import type { Problem } from '@/lib/client/net/problem';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { showToast } from '@/lib/client/page/toasts';
import { useSessionList } from '@/lib/client/sessions/use-session-list';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { useTexts } from '@/lib/texts/use-texts';

/** Actions on any stored message. */
export interface BranchActions {
  /** The models that another reply can be asked of. */
  readonly models: readonly string[];
  /** Sends new words in place of a user message. `parent`: what that answers. */
  readonly sendEdited: (text: string, parent: string | null) => void;
  /** `model`: null for that of the reply. */
  readonly regenerate: (reply: string, question: string, model: string | null) => void;
  /** Shows the branch of a message. Resolves when the server has answered. */
  readonly show: (messageId: string) => Promise<void>;
  readonly fork: (messageId: string) => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
  readonly quote: (text: string) => void;
}

export function useBranchActions(
  sessionId: string | null,
  { model, stream }: SendSettings,
  models: readonly string[],
  send: (sending: Sending) => Promise<void>,
): BranchActions {
  const texts = useTexts();
  const client = useClientState();
  const { add } = useSessionList();
  const router = useRouter();
  return useMemo(() => {
    const { toasts, turns, pendingWrites } = client;
    const showFailure = (problem: Problem) => showToast(toasts, failureSentence(texts, problem));
    return {
      models,
      sendEdited(text, parent) {
        void send({ text, model, stream, retryOf: null, parent });
      },
      regenerate(regenerates, question, by) {
        if (sessionId === null) return;
        turns.regenerate({ sessionId, regenerates, question, model: by ?? '', stream });
      },
      async show(messageId) {
        if (sessionId === null) return;
        const answer = await pendingWrites.during(showBranch(sessionId, messageId));
        if (!answer.ok) showFailure(answer.problem);
        requestRefresh(client);
      },
      async fork(messageId) {
        if (sessionId === null) return;
        const answer = await pendingWrites.during(forkSession(sessionId, messageId, newId()));
        if (!answer.ok) {
          showFailure(answer.problem);
          return;
        }
        const { id, title, created_at: lastActivity } = answer.value;
        add({ id, title, opening: null, lastActivity });
        requestRefresh(client);
        router.push(`/s/${id}`);
        showToast(toasts, texts.branches.forked);
      },
      async copy(text) {
        const copied = await copyText(text);
        showToast(toasts, copied ? texts.branches.copied : texts.branches.notCopied);
      },
      quote(text) {
        changeDraft(sessionId, (draft) => withQuote(text, draft));
        focusMessage();
      },
    };
  }, [sessionId, model, stream, models, send, client, texts, add, router]);
}
