import { useCallback, useEffect, useState } from 'react';
import {
  forgetMemory,
  memoryRevisions,
  readMemory,
  writeMemory,
  type Answer,
  type StoredMemory,
  type StoredRevision,
} from './api';
import type { Problem } from './problem';

interface State {
  /** Null until it is read. */
  readonly stored: StoredMemory | null;
  readonly revisions: readonly StoredRevision[];
  readonly busy: boolean;
  readonly problem: Problem | null;
}

export interface MemoryActions {
  readonly reload: () => Promise<void>;
  readonly save: (memory: string | null) => Promise<void>;
  readonly enable: (enabled: boolean) => Promise<void>;
  readonly forget: () => Promise<void>;
}

const UNREAD: State = { stored: null, revisions: [], busy: true, problem: null };

/** The memory of a session as the server has it. Whatever changes it reads it anew, with what it was before. */
export function useMemory(sessionId: string): State & MemoryActions {
  const [state, setState] = useState(UNREAD);

  const load = useCallback(async () => {
    const [memory, revisions] = await Promise.all([
      readMemory(sessionId),
      memoryRevisions(sessionId),
    ]);
    setState((before) => {
      if (!memory.ok) return { ...before, busy: false, problem: memory.problem };
      return {
        stored: memory.value,
        revisions: revisions.ok ? revisions.value : before.revisions,
        busy: false,
        problem: null,
      };
    });
  }, [sessionId]);

  useEffect(() => {
    void load();
  }, [load]);

  const change = async (asking: () => Promise<Answer<unknown>>) => {
    setState((before) => ({ ...before, busy: true, problem: null }));
    const answer = await asking();
    if (answer.ok) await load();
    else setState((before) => ({ ...before, busy: false, problem: answer.problem }));
  };
  const on = (version: number | undefined) => (version === undefined ? {} : { version });
  return {
    ...state,
    reload: () => {
      setState((before) => ({ ...before, busy: true }));
      return load();
    },
    save: (memory) =>
      change(() => writeMemory(sessionId, { memory, ...on(state.stored?.version) })),
    enable: (enabled) => change(() => writeMemory(sessionId, { enabled })),
    forget: () => change(() => forgetMemory(sessionId)),
  };
}
