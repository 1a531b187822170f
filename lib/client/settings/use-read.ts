import { useEffect, useState } from 'react';
import type { CallResult } from '@/lib/client/net/call';
import type { Problem } from '@/lib/client/net/problem';

interface State<Value> {
  /** Null until it is read. */
  readonly value: Value | null;
  readonly problem: Problem | null;
}

/** Reads something once, when it is first shown. */
export function useRead<Value>(read: () => Promise<CallResult<Value>>): State<Value> {
  const [first] = useState(() => read);
  const [state, setState] = useState<State<Value>>({ value: null, problem: null });
  useEffect(() => {
    let left = false;
    void first().then((answer) => {
      if (left) return;
      setState(
        answer.ok
          ? { value: answer.value, problem: null }
          : { value: null, problem: answer.problem },
      );
    });
    return () => {
      left = true;
    };
  }, [first]);
  return state;
}
