'use client';

import './screen.css';
import { useRouter } from 'next/navigation';
import { PageBar } from '@/components/shell/page-bar';
import type { IndexedSession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { DeletedSession } from './deleted-session';
import { useTexts } from '@/lib/texts/use-texts';

/** The page of a session in the trash. */
export function TrashedScreen({ session }: { session: IndexedSession }) {
  const texts = useTexts();
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
          <strong dir="auto">{shownTitle(session, texts.sessions.untitled)}</strong>
        </p>
        <p>{texts.deletion.restorable}</p>
      </DeletedSession>
    </div>
  );
}
