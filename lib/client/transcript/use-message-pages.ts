// Pagination of a transcript: loads older messages as the reader scrolls up.
import { useState } from 'react';
import type { PageMessage, SessionPage } from '@/lib/page/session-page';
import { earlierMessages } from '@/lib/client/net/api';
import { mergePages } from './merge-pages';

interface State {
  readonly page: SessionPage | null;
  readonly messages: readonly PageMessage[];
  readonly hasEarlier: boolean;
  readonly status: 'idle' | 'loading' | 'failed';
}

function opened(page: SessionPage | null, before: State | null): State {
  const messages = mergePages(before?.messages ?? [], page?.messages ?? []);
  const kept = before !== null && messages.length > (page?.messages.length ?? 0);
  const hasEarlier = kept ? before.hasEarlier : (page?.hasEarlier ?? false);
  const status = kept ? before.status : 'idle';
  return { page, messages, hasEarlier, status };
}

/** The stored messages to show: the page's newest and the earlier pages loaded so far. */
export function useMessagePages(
  page: SessionPage | null,
): State & { readEarlier: () => Promise<void> } {
  const [state, setState] = useState(() => opened(page, null));
  if (state.page !== page) setState(opened(page, state));
  const { messages } = state;

  const readEarlier = async () => {
    const first = messages[0];
    if (!page || !first) return;
    setState((now) => ({ ...now, status: 'loading' }));
    const answer = await earlierMessages(page.id, first.id);
    setState((now) => {
      if (now.messages[0]?.id !== first.id) return now;
      if (!answer.ok) return { ...now, status: 'failed' };
      const { messages: earlier, hasEarlier } = answer.value;
      const joined = [...earlier, ...now.messages];
      return { page: now.page, messages: joined, hasEarlier, status: 'idle' };
    });
  };
  return { ...state, readEarlier };
}
