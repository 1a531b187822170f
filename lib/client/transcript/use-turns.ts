import { useSyncExternalStore } from 'react';
import { useClientState } from '@/lib/client/page/client-state';
import type { Source } from '@/lib/reply/source';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';

const NONE: readonly LocalTurn[] = [];

/** The turns of a session that this tab follows. The same array while only their text grows. */
export function useSessionTurns(sessionId: string | null): readonly LocalTurn[] {
  const { registry } = useClientState().turns;
  return useSyncExternalStore(
    registry.subscribe,
    () => (sessionId === null ? NONE : registry.of(sessionId)),
    () => NONE,
  );
}

/** What the model of a reply thought so far. */
export function useTurnReasoning(turnId: string | null): string {
  const { registry } = useClientState().turns;
  return useSyncExternalStore(
    registry.subscribe,
    () => (turnId === null ? '' : registry.reasoning(turnId)),
    () => '',
  );
}

const NO_SOURCES: readonly Source[] = [];

/** What a reply has cited so far. */
export function useTurnSources(turnId: string | null): readonly Source[] {
  const { registry } = useClientState().turns;
  return useSyncExternalStore(
    registry.subscribe,
    () => (turnId === null ? NO_SOURCES : registry.sources(turnId)),
    () => NO_SOURCES,
  );
}

/** The text of a reply so far. */
export function useTurnText(turnId: string | null): string {
  const { registry } = useClientState().turns;
  return useSyncExternalStore(
    registry.subscribe,
    () => (turnId === null ? '' : registry.text(turnId)),
    () => '',
  );
}
