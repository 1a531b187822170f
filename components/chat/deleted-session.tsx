import './deleted-session.css';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { useRestore } from '@/lib/client/sessions/use-restore';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly sessionId: string;
  /** What happened, and what the user can do. */
  readonly children: ReactNode;
  /** The button stays disabled until the session is shown. */
  readonly onRestored: () => void;
}

/** Shown in place of a deleted session. */
export function DeletedSession({ sessionId, children, onRestored }: Props) {
  const texts = useTexts();
  const { restore, busy, problem } = useRestore(sessionId, onRestored);
  return (
    <div className="deleted-session" role="alert">
      <h2>{texts.deletion.deletedHere}</h2>
      {children}
      {problem && (
        <p className="deleted-problem">
          <ProblemText problem={problem} />
        </p>
      )}
      <div className="deleted-actions">
        <Button
          className="button button-primary"
          softDisabled={busy}
          onClick={() => void restore()}
        >
          {texts.controls.restore}
        </Button>
        <Link className="button" href="/" prefetch={false}>
          {texts.sessions.begin}
        </Link>
      </div>
    </div>
  );
}
