import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { showElement } from '@/lib/client/scroll/use-scroll-position';
import type { TranscriptItem } from '@/lib/client/transcript/transcript-items';
import type { PageMessage } from '@/lib/page/session-page';

/** The address of a message in its session. */
export const messageAddress = (sessionId: string, messageId: string | null): string => {
  const session = `/s/${encodeURIComponent(sessionId)}`;
  return messageId === null ? session : `${session}?message=${encodeURIComponent(messageId)}`;
};

interface Shown {
  readonly messages: readonly PageMessage[];
  readonly items: readonly TranscriptItem[];
  readonly hasEarlier: boolean;
  readonly status: 'idle' | 'loading' | 'failed';
  readonly readEarlier: () => Promise<void>;
  /** Shows the branch of a message; reports its own failures. */
  readonly showBranch: (messageId: string) => Promise<void>;
}

/** Shows the message that the address names: reads earlier pages, or its branch, until it is there, and scrolls to it. */
export function useJump({ messages, items, hasEarlier, status, ...does }: Shown): void {
  const wanted = useSearchParams().get('message');
  const pathname = usePathname();
  const message = messages.find(({ id }) => id === wanted);
  const key = message && keyOf(message, items);
  /** The message whose branch was asked for. */
  const sought = useRef<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    if (key === undefined) {
      if (hasEarlier && status === 'idle') void does.readEarlier();
      else if (!hasEarlier && sought.current !== wanted) {
        sought.current = wanted;
        void does.showBranch(wanted);
      }
      if (!hasEarlier || status !== 'failed') return;
    } else showElement(key);
    sought.current = null;
    // So that the same message can be asked for again, and a reload stays where the reader is.
    window.history.replaceState(null, '', pathname);
  });
}

/** Items go by the turn that asked, see `transcriptItems`. */
function keyOf({ id, role, turn }: PageMessage, items: readonly TranscriptItem[]) {
  const isIts = (item: TranscriptItem) =>
    role === 'user'
      ? item.key === `${turn ?? id} user`
      : item.kind === 'reply' && item.stored?.id === id;
  return items.find(isIts)?.key;
}
