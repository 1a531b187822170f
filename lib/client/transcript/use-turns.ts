import { useSyncExternalStore } from 'react';
import { useClientState } from '@/lib/client/page/client-state';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';

const NONE: readonly LocalTurn[] = [];

/** The turns of a session that this tab follows. The same array while only their text grows. */
export function useSessionTurns(sessionId: string | null): readonly LocalTurn[] {
  const { book } = useClientState().turns;
  return useSyncExternalStore(
    book.subscribe,
    () => (sessionId === null ? NONE : book.of(sessionId)),
    () => NONE,
  );
}

/** The text of a reply so far. */
export function useTurnText(turnId: string | null): string {
  const { book } = useClientState().turns;
  return useSyncExternalStore(
    book.subscribe,
    () => (turnId === null ? '' : book.text(turnId)),
    () => '',
  );
}
