import './deleted-session.css';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { restoreSession } from '@/lib/client/api';
import { readAgain, useClientState } from '@/lib/client/client-state';
import type { Problem } from '@/lib/client/problem';

/** Stands where a session was that somebody deleted while it was shown. */
export function DeletedSession({ sessionId }: { sessionId: string }) {
  const client = useClientState();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const restore = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await client.changing.during(restoreSession(sessionId));
    if (answer.ok) {
      // The button stays held until the session is there.
      readAgain(client);
      return;
    }
    setBusy(false);
    setProblem(answer.problem);
  };
  return (
    <div className="deleted-session" role="alert">
      <h2>This session was deleted</h2>
      <p>
        It was deleted in another tab or on another device. What you were writing here is kept, and
        for 30 days the session can be brought back.
      </p>
      {problem && (
        <p className="deleted-problem">
          <ProblemText problem={problem} />
        </p>
      )}
      <div className="deleted-actions">
        <Button className="button button-primary" held={busy} onClick={() => void restore()}>
          Bring it back
        </Button>
        <Link className="button" href="/" prefetch={false}>
          New session
        </Link>
      </div>
    </div>
  );
}
