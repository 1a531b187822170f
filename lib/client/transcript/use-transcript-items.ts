import { useMemo, useState } from 'react';
import type { PageMessage, SessionPage } from '@/lib/page/session-page';
import { useClientState } from '@/lib/client/page/client-state';
import { withRetryTimes, type ShownFailedTurn } from './failed-turns';
import { transcriptItems, type TranscriptItem } from './transcript-items';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import { useObservable } from '@/lib/client/browser/observable';

const NONE_DISMISSED: ReadonlySet<string> = new Set();
const NONE_RUNNING: readonly string[] = [];

/** The items of a transcript, from the page and from this tab's turns. */
export function useTranscriptItems(
  page: SessionPage | null,
  messages: readonly PageMessage[],
  turns: readonly LocalTurn[],
): readonly TranscriptItem[] {
  const dismissed = useObservable(useClientState().dismissed, NONE_DISMISSED);
  const running = page?.running ?? NONE_RUNNING;
  const failed = useFailedTurns(page);
  return useMemo(
    () => transcriptItems({ messages, running, failed, turns, dismissed }),
    [messages, running, failed, turns, dismissed],
  );
}

/** The page's failed turns, with retry times from when it was read. */
function useFailedTurns(page: SessionPage | null): readonly ShownFailedTurn[] {
  const [read, setRead] = useState(() => ({ page, failed: readNow(page) }));
  if (read.page !== page) setRead({ page, failed: readNow(page) });
  return read.failed;
}

const readNow = (page: SessionPage | null) => withRetryTimes(page?.failed ?? [], Date.now());
