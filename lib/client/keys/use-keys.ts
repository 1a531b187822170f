import { useEffect, useState } from 'react';
import type { Problem } from '@/lib/client/net/problem';
import { createKey, readKeys, revokeKey, type NewKeyRequest, type StoredKey } from './key-calls';

interface State {
  /** Null until they are read. */
  readonly keys: readonly StoredKey[] | null;
  /** The key that was just made, with its secret. */
  readonly newKey: { readonly name: string; readonly secret: string } | null;
  /** The name of the key that was just revoked. */
  readonly revoked: string | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

const UNREAD: State = { keys: null, newKey: null, revoked: null, busy: true, problem: null };

/** The person's API keys. The secret of a new one is kept until it is dismissed, or the panel closes. */
export function useKeys() {
  const [state, setState] = useState(UNREAD);
  const change = (more: Partial<State>) => {
    setState((before) => ({ ...before, ...more }));
  };
  useEffect(() => {
    let left = false;
    void readKeys().then((answer) => {
      if (left) return;
      const read = answer.ok ? { keys: answer.value } : { problem: answer.problem };
      setState((before) => ({ ...before, ...read, busy: false }));
    });
    return () => {
      left = true;
    };
  }, []);
  return {
    ...state,
    async create(request: NewKeyRequest) {
      change({ busy: true, problem: null, revoked: null });
      const answer = await createKey(request);
      if (!answer.ok) {
        change({ busy: false, problem: answer.problem });
        return;
      }
      const { key: secret, ...stored } = answer.value;
      const keys = [stored, ...(state.keys ?? [])];
      change({ busy: false, keys, newKey: { name: stored.name, secret } });
    },
    /** True when it is revoked. */
    async revoke({ id, name }: StoredKey): Promise<boolean> {
      change({ busy: true, problem: null, revoked: null });
      const answer = await revokeKey(id);
      // One that is gone already, from another tab, is no problem.
      if (!answer.ok && answer.problem.code !== 404) {
        change({ busy: false, problem: answer.problem });
        return false;
      }
      // Those that were made with it are gone too.
      const left = await readKeys();
      const keys = left.ok ? left.value : (state.keys ?? []).filter((each) => each.id !== id);
      change({ busy: false, revoked: name, keys });
      return true;
    },
    dismiss() {
      change({ newKey: null });
    },
  };
}
