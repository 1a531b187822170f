import { useEffect, useState } from 'react';
import {
  forgetMemory,
  forgetMemoryHistory,
  memoryRevisions,
  readMemory,
  writeMemory,
  type StoredMemory,
  type StoredRevision,
} from '@/lib/client/net/api';
import type { CallResult } from '@/lib/client/net/call';
import { isConflict, type Problem } from '@/lib/client/net/problem';

interface State {
  /** Null until loaded. */
  readonly stored: StoredMemory | null;
  /** The memory that this editor stored last; undefined: none. */
  readonly own?: string | null;
  readonly revisions: readonly StoredRevision[];
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** The last action was a change and it was stored. */
  readonly saved: boolean;
}

export interface MemoryActions {
  readonly reload: () => Promise<void>;
  /** Conflicts when the memory is no longer `seen`. It is then reloaded, so that the user can choose. */
  readonly save: (memory: string, seen: string | null) => Promise<void>;
  readonly restore: (memory: string | null, seen: string | null) => Promise<void>;
  readonly enable: (enabled: boolean) => Promise<void>;
  readonly forget: () => Promise<void>;
  /** Deletes the memory with its history. This cannot be undone. */
  readonly forgetHistory: () => Promise<void>;
}

const UNREAD: State = { stored: null, revisions: [], busy: true, problem: null, saved: false };

/**
 * The memory of a session as stored on the server. Reloaded, with its revisions, after each change and when the session
 * has a new `version`.
 */
export function useMemory(sessionId: string, version: number): State & MemoryActions {
  const [state, setState] = useState(UNREAD);
  useEffect(() => {
    let left = false;
    void read(sessionId).then((change) => {
      if (!left) setState((before) => ({ ...change(before), ...kept(before) }));
    });
    return () => {
      left = true;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- with another version the memory may be another
  }, [sessionId, version]);

  /** `offers`: after a conflict the user chooses between both versions, so no problem is shown. */
  const change = async (send: () => Promise<CallResult<StoredMemory | null>>, offers = false) => {
    setState((before) => ({ ...before, busy: true, problem: null, saved: false }));
    const answer = await send();
    const refused = answer.ok ? null : answer.problem;
    if (refused && !isConflict(refused)) {
      setState((before) => ({ ...before, busy: false, problem: refused }));
      return;
    }
    const reading = await read(sessionId);
    setState((before) => {
      const now = reading(before);
      const shown = offers ? null : refused;
      const own = answer.ok ? { own: answer.value?.memory ?? null } : {};
      return { ...now, ...own, problem: now.problem ?? shown, saved: refused === null };
    });
  };
  return {
    ...state,
    async reload() {
      setState((before) => ({ ...before, busy: true }));
      setState(await read(sessionId));
    },
    save: (memory, seen) => change(() => writeMemory(sessionId, { memory, seen }), true),
    restore: (memory, seen) => change(() => writeMemory(sessionId, { memory, seen })),
    enable: (enabled) => change(() => writeMemory(sessionId, { enabled })),
    forget: () => change(() => forgetMemory(sessionId)),
    forgetHistory: () => change(() => forgetMemoryHistory(sessionId)),
  };
}

/** Loads memory and revisions. Returns a state update. */
async function read(sessionId: string): Promise<(before: State) => State> {
  const [memory, revisions] = await Promise.all([
    readMemory(sessionId),
    memoryRevisions(sessionId),
  ]);
  if (!memory.ok) return (before) => ({ ...before, busy: false, problem: memory.problem });
  return (before) => ({
    ...before,
    stored: memory.value,
    revisions: revisions.ok ? revisions.value : before.revisions,
    busy: false,
    problem: null,
    saved: false,
  });
}

/** State kept across background refreshes. */
const kept = ({ stored, busy, problem, saved }: State) =>
  stored !== null && { busy, problem, saved };
