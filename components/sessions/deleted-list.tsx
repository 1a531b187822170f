'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { IconButton } from '@/components/ui/icon-button';
import { deleteForGood } from '@/lib/client/net/api';
import { useRestore } from '@/lib/client/sessions/use-restore';
import { dayFormat } from '@/lib/sessions/day';
import type { PutAwaySession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { ConfirmDeletion } from './confirm-deletion';
import { PutAwayRow } from './put-away-row';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly sessions: readonly PutAwaySession[];
  readonly timeZone: string;
}

export function DeletedList({ sessions, timeZone }: Props) {
  const day = dayFormat(timeZone);
  return (
    <ul className="session-index">
      {sessions.map((session) => (
        <Row key={session.id} session={session} day={day.format(new Date(session.since))} />
      ))}
    </ul>
  );
}

/** A restored session is opened. */
function Row({ session, day }: { session: PutAwaySession; day: string }) {
  const router = useRouter();
  const { restore, busy, problem } = useRestore(session.id, () => {
    router.push(`/s/${session.id}`);
  });
  return (
    <PutAwayRow
      session={session}
      name={shownTitle(session)}
      when={texts.deletion.on(day)}
      problem={problem}
    >
      <Button
        held={busy}
        aria-label={texts.deletion.restoreNamed(shownTitle(session))}
        onClick={() => void restore()}
      >
        <Icon name="retry" />
        {texts.controls.restore}
      </Button>
      <DeleteForGood session={session} />
    </PutAwayRow>
  );
}

function DeleteForGood({ session }: { session: PutAwaySession }) {
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
