'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { arrangeSession } from '@/lib/client/net/api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { useAction } from '@/lib/client/page/use-action';
import type { PutAwaySession } from '@/lib/page/session-page';
import { dayFormat } from '@/lib/sessions/day';
import { shownTitle } from '@/lib/sessions/title';
import { PutAwayRow } from './put-away-row';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly sessions: readonly PutAwaySession[];
  readonly timeZone: string;
}

export function ArchivedList({ sessions, timeZone }: Props) {
  const day = dayFormat(timeZone);
  return (
    <ul className="session-index">
      {sessions.map((session) => (
        <Row key={session.id} session={session} day={day.format(new Date(session.since))} />
      ))}
    </ul>
  );
}

function Row({ session, day }: { session: PutAwaySession; day: string }) {
  const client = useClientState();
  const title = shownTitle(session);
  const { run, busy, problem } = useAction(
    () => arrangeSession(session.id, { archived: false }),
    () => {
      requestRefresh(client);
    },
  );
  const name = (
    <Link href={`/s/${session.id}`} prefetch={false}>
      {title}
    </Link>
  );
  return (
    <PutAwayRow session={session} name={name} when={texts.archive.on(day)} problem={problem}>
      <Button
        held={busy}
        aria-label={texts.archive.unarchiveNamed(title)}
        onClick={() => void run()}
      >
        <Icon name="archive" />
        {texts.archive.unarchive}
      </Button>
    </PutAwayRow>
  );
}
