'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { IconButton } from '@/components/ui/icon-button';
import { ProblemText } from '@/components/ui/problem-text';
import { deleteForGood } from '@/lib/client/net/api';
import { useRestore } from '@/lib/client/sessions/use-restore';
import { dayFormat } from '@/lib/sessions/day';
import type { TrashedSession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { ConfirmDeletion } from './confirm-deletion';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly sessions: readonly TrashedSession[];
  readonly timeZone: string;
}

export function DeletedList({ sessions, timeZone }: Props) {
  const day = dayFormat(timeZone);
  return (
    <ul className="session-index">
      {sessions.map((session) => (
        <Row key={session.id} session={session} day={day.format(new Date(session.deletedAt))} />
      ))}
    </ul>
  );
}

/** A restored session is opened. */
function Row({ session, day }: { session: TrashedSession; day: string }) {
  const router = useRouter();
  const { restore, busy, problem } = useRestore(session.id, () => {
    router.push(`/s/${session.id}`);
  });
  return (
    <li>
      <span className="session-index-name" dir="auto">
        {shownTitle(session)}
        <time dateTime={session.deletedAt}>{texts.deletion.on(day)}</time>
        {problem && (
          <span role="alert">
            <ProblemText problem={problem} />
          </span>
        )}
      </span>
      <Button
        held={busy}
        aria-label={texts.deletion.restoreNamed(shownTitle(session))}
        onClick={() => void restore()}
      >
        <Icon name="retry" />
        {texts.controls.restore}
      </Button>
      <DeleteForGood session={session} />
    </li>
  );
}

function DeleteForGood({ session }: { session: TrashedSession }) {
  const [confirming, setConfirming] = useState(false);
  const title = shownTitle(session);
  return (
    <>
      <IconButton
        icon="trash"
        label={texts.deletion.forGood.open(title)}
        aria-haspopup="dialog"
        onClick={() => {
          setConfirming(true);
        }}
      />
      {confirming && (
        <ConfirmDeletion
          title={texts.deletion.forGood.title(title)}
          what={texts.deletion.forGood.what}
          deletion={() => deleteForGood(session.id)}
          onClose={() => {
            setConfirming(false);
          }}
        />
      )}
    </>
  );
}
