import { useEffect, useMemo } from 'react';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import type { PageMessage, SessionPage } from '@/lib/page/session-page';
import { turnsOnBranch } from './turns-on-branch';

/** The messages and this tab's turns of the shown branch. `readAt`: when the page was asked for; null: unknown. */
export function useShownBranch(
  page: SessionPage | null,
  messages: readonly PageMessage[],
  followed: readonly LocalTurn[],
  readAt: number | null,
): { readonly messages: readonly PageMessage[]; readonly turns: readonly LocalTurn[] } {
  const client = useClientState();
  const isUnsure = page !== null && readAt === null && followed.some(hasEnded);
  // A page from the server does not say whether it is newer than a turn that it does not show.
  useEffect(() => {
    if (isUnsure) requestRefresh(client);
  }, [isUnsure, client]);
  return useMemo(() => {
    const { running = [], failed = [] } = page ?? {};
    return turnsOnBranch({ messages, running, failed, turns: followed, readAt });
  }, [page, messages, followed, readAt]);
}

const hasEnded = ({ confirmed, phase }: LocalTurn): boolean => confirmed && phase === 'ended';
