import { useState } from 'react';
import type { CallResult } from '@/lib/client/net/call';
import type { Problem } from '@/lib/client/net/problem';

interface Calls {
  /** Runs a call, one at a time; `done` gets the answer of a successful one. */
  run<Value>(call: () => Promise<CallResult<Value>>, done: (value: Value) => void): void;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** The state of the calls of a form or a list. */
export function useCall(): Calls {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    run(call, done) {
      if (busy) return;
      const finish = async () => {
        setBusy(true);
        setProblem(null);
        const answer = await call();
        setBusy(false);
        if (answer.ok) done(answer.value);
        else setProblem(answer.problem);
      };
      void finish();
    },
  };
}
