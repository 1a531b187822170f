import type { ReactNode } from 'react';
import { ProblemText } from '@/components/ui/problem-text';
import type { Problem } from '@/lib/client/net/problem';
import type { PutAwaySession } from '@/lib/page/session-page';

interface Props {
  readonly session: PutAwaySession;
  /** Its title, or a link with it. */
  readonly name: ReactNode;
  /** When it was put away. */
  readonly when: string;
  readonly problem: Problem | null;
  /** What can be done with it. */
  readonly children: ReactNode;
}

/** A row of the archive or the trash. */
export function PutAwayRow({ session, name, when, problem, children }: Props) {
  return (
    <li>
      <span className="session-index-name" dir="auto">
        {name}
        <time dateTime={session.since}>{when}</time>
        {problem && (
          <span role="alert">
            <ProblemText problem={problem} />
          </span>
        )}
      </span>
      {children}
    </li>
  );
}
