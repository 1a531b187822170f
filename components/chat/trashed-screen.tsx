'use client';

import './screen.css';
import { useRouter } from 'next/navigation';
import { PageBar } from '@/components/shell/page-bar';
import type { TrashedSession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { TRASH_DAYS } from '@/lib/sessions/trash-days';
import { DeletedSession } from './deleted-session';

/** The address of a session that is in the trash. */
export function TrashedScreen({ session }: { session: TrashedSession }) {
  const router = useRouter();
  return (
    <div className="screen">
      <PageBar />
      <DeletedSession
        sessionId={session.id}
        onRestored={() => {
          router.refresh();
        }}
      >
        <p>
          <strong dir="auto">{shownTitle(session)}</strong>
        </p>
        <p>
          It can be restored for {TRASH_DAYS} days after it was deleted, with everything that was in
          it.
        </p>
      </DeletedSession>
    </div>
  );
}
