import { useEffect, useState } from 'react';
import type { CallResult } from '@/lib/client/net/call';
import { isConflict, type Problem } from '@/lib/client/net/problem';
import type { MemoryCalls, MemoryLineChange, Remembered, RememberedRevision } from './memory-calls';

interface State {
  /** Null until loaded. */
  readonly stored: Remembered | null;
  /** The memory that this editor stored last; undefined: none. */
  readonly own?: string | null;
  readonly revisions: readonly RememberedRevision[];
  /** How many revisions are read. */
  readonly limit: number;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** The last action was a change and it was stored. */
  readonly saved: boolean;
}

export interface MemoryActions {
  readonly reload: () => Promise<void>;
  /**
   * Conflicts when the memory is no longer `expected`. It is then reloaded, so that the user can choose. Returns true when it
   * is stored.
   */
  readonly save: (memory: string, expected: string | null) => Promise<boolean>;
  readonly change: (change: MemoryLineChange) => Promise<boolean>;
  readonly enable: (enabled: boolean) => Promise<boolean>;
  readonly forget: () => Promise<boolean>;
  /** Deletes the memory with its history. This cannot be undone. */
  readonly forgetHistory: () => Promise<boolean>;
  readonly showEarlier: () => void;
}

/** Revisions are shown in steps of so many, up to all that are kept. */
const STEP = 20;
const REVISIONS_MAX = 100;

const UNREAD: State = {
  stored: null,
  revisions: [],
  limit: STEP,
  busy: true,
  problem: null,
  saved: false,
};

/** True when there may be older revisions than those shown. */
export const hasEarlier = ({ revisions, limit }: Pick<State, 'revisions' | 'limit'>): boolean =>
  revisions.length >= limit && limit < REVISIONS_MAX;

/**
 * A remembered text as stored on the server. Reloaded, with its revisions, after each change and when it has a new
 * `version`. The calls must be the same ones for the same text.
 */
export function useMemory(calls: MemoryCalls, version: number): State & MemoryActions {
  const [state, setState] = useState(UNREAD);
  const { limit } = state;
  useEffect(() => {
    let left = false;
    void read(calls, limit).then((change) => {
      if (!left) setState((before) => ({ ...change(before), ...kept(before) }));
    });
    return () => {
      left = true;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- with another version the memory may be another
  }, [calls, version, limit]);

  /** `offers`: after a conflict the user chooses between both versions, so no problem is shown. */
  const change = async (send: () => Promise<CallResult<Remembered | null>>, offers = false) => {
    setState((before) => ({ ...before, busy: true, problem: null, saved: false }));
    const answer = await send();
    const refused = answer.ok ? null : answer.problem;
    if (refused && !isConflict(refused)) {
      setState((before) => ({ ...before, busy: false, problem: refused }));
      return false;
    }
    const reading = await read(calls, limit);
    setState((before) => {
      const now = reading(before);
      const shown = offers ? null : refused;
      const own = answer.ok ? { own: answer.value?.memory ?? null } : {};
      return { ...now, ...own, problem: now.problem ?? shown, saved: refused === null };
    });
    return answer.ok;
  };
  return {
    ...state,
    async reload() {
      setState((before) => ({ ...before, busy: true }));
      setState(await read(calls, limit));
    },
    save: (memory, expected) => change(() => calls.write({ memory, seen: expected }), true),
    change: (lines) => change(() => calls.change(lines)),
    enable: (enabled) => change(() => calls.write({ enabled })),
    forget: () => change(() => calls.forget()),
    forgetHistory: () => change(() => calls.forgetHistory()),
    showEarlier() {
      setState((before) => ({ ...before, limit: Math.min(limit + STEP, REVISIONS_MAX) }));
    },
  };
}

/** Loads memory and revisions. Returns a state update. */
async function read(calls: MemoryCalls, limit: number): Promise<(before: State) => State> {
  const [memory, revisions] = await Promise.all([calls.read(), calls.revisions(limit)]);
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
