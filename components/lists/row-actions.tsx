import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDeletion } from '@/components/sessions/confirm-deletion';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { IconButton } from '@/components/ui/icon-button';
import { ProblemText } from '@/components/ui/problem-text';
import { arrangeSession } from '@/lib/client/net/api';
import { deleteForGood } from '@/lib/client/sessions/list-api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { useAction } from '@/lib/client/page/use-action';
import { useRestore } from '@/lib/client/sessions/use-restore';
import type { Problem } from '@/lib/client/net/problem';
import type { ListKind } from '@/lib/page/list-address';
import type { IndexedSession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly session: IndexedSession;
}

/** What brings a session back from the archive or the trash. */
export function RowActions({ list, session }: Props & { readonly list: ListKind }) {
  if (list === 'archived') return <Unarchive session={session} />;
  return list === 'deleted' ? <OfTrash session={session} /> : null;
}

function Unarchive({ session }: Props) {
  const texts = useTexts();
  const { archiveList, sessionMenu } = useLaterTexts();
  const client = useClientState();
  const { run, busy, problem } = useAction(
    () => arrangeSession(session.id, { archived: false }),
    () => {
      requestRefresh(client);
    },
  );
  return (
    <>
      <Problems problem={problem} />
      <Button
        softDisabled={busy}
        aria-label={archiveList.unarchiveNamed(shownTitle(session, texts.sessions.untitled))}
        onClick={() => void run()}
      >
        <Icon name="archive" />
        {sessionMenu.unarchive}
      </Button>
    </>
  );
}

/** A restored session is opened. */
function OfTrash({ session }: Props) {
  const laterTexts = useLaterTexts();
  const texts = useTexts();
  const router = useRouter();
  const { restore, busy, problem } = useRestore(session.id, () => {
    router.push(`/s/${session.id}`);
  });
  return (
    <>
      <Problems problem={problem} />
      <Button
        softDisabled={busy}
        aria-label={laterTexts.trash.restoreNamed(shownTitle(session, texts.sessions.untitled))}
        onClick={() => void restore()}
      >
        <Icon name="retry" />
        {texts.controls.restore}
      </Button>
      <DeleteForGood session={session} />
    </>
  );
}

function DeleteForGood({ session }: Props) {
  const texts = useTexts();
  const laterTexts = useLaterTexts();
  const [confirming, setConfirming] = useState(false);
  const title = shownTitle(session, texts.sessions.untitled);
  return (
    <>
      <IconButton
        icon="trash"
        label={laterTexts.trash.forGood.open(title)}
        aria-haspopup="dialog"
        onClick={() => {
          setConfirming(true);
        }}
      />
      {confirming && (
        <ConfirmDeletion
          title={laterTexts.trash.forGood.title(title)}
          what={laterTexts.trash.forGood.what}
          deletion={() => deleteForGood(session.id)}
          onClose={() => {
            setConfirming(false);
          }}
        />
      )}
    </>
  );
}

const Problems = ({ problem }: { problem: Problem | null }) =>
  problem && (
    <span className="row-problem" role="alert">
      <ProblemText problem={problem} />
    </span>
  );
