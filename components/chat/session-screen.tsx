'use client';

import './screen.css';
import { usePathname } from 'next/navigation';
import { useMemo } from 'react';
import { useClientState } from '@/lib/client/client-state';
import { sessionAt } from '@/lib/client/session-address';
import type { LocalTurn } from '@/lib/client/turn-book';
import { transcriptItems } from '@/lib/client/transcript-items';
import { useEarlier } from '@/lib/client/use-earlier';
import { usePageTurns } from '@/lib/client/use-page-turns';
import { useSend } from '@/lib/client/use-send';
import { useSendSettings } from '@/lib/client/use-send-settings';
import { useShownPage } from '@/lib/client/use-shown-page';
import { useSessionTurns } from '@/lib/client/use-turns';
import { useTranscriptActions } from '@/lib/client/use-transcript-actions';
import { useValue } from '@/lib/client/use-value';
import type { PageModels, SessionPage } from '@/lib/sessions/session-page';
import { Composer } from './composer';
import { DeletedSession } from './deleted-session';
import { ReplyStatus } from './reply-status';
import { Topbar } from './topbar';
import { Transcript } from './transcript';
import { Welcome } from './welcome';

interface Props {
  /** Null: a session that is still to be begun. */
  readonly page: SessionPage | null;
  readonly models: PageModels;
}

const NONE: ReadonlySet<string> = new Set();

export function SessionScreen({ page: drawn, models }: Props) {
  const sessionId = useShownSession(drawn);
  const { page, deleted } = useShownPage(drawn, sessionId);
  const { turns, gone: goneStore } = useClientState();
  const { messages, hasEarlier, status, readEarlier } = useEarlier(page);
  const followed = useSessionTurns(sessionId);
  const gone = useValue(goneStore, NONE);
  const settings = useSendSettings(models);
  const { send, creating, problem } = useSend(sessionId);
  const actions = useTranscriptActions(sessionId, settings, send);

  usePageTurns(page);

  const items = useMemo(() => {
    const { running, failed } = page ?? { running: [], failed: [] };
    return transcriptItems({ messages, running, failed, turns: followed, gone });
  }, [messages, page, followed, gone]);
  const current = followed.findLast(({ phase }) => phase !== 'ended') ?? null;

  if (deleted && sessionId !== null) {
    return (
      <div className="screen">
        <Topbar sessionId={null} page={null} />
        <DeletedSession sessionId={sessionId} />
      </div>
    );
  }
  return (
    <div className="screen">
      <Topbar sessionId={sessionId} page={page} />
      {items.length > 0 ? (
        <Transcript
          key={sessionId}
          items={items}
          actions={actions}
          sending={sendingOf(followed)}
          earlier={hasEarlier ? { status, read: readEarlier } : null}
        />
      ) : (
        <Welcome sessionId={sessionId} demo={models.demo} />
      )}
      <ReplyStatus turn={followed.at(-1) ?? null} />
      <Composer
        sessionId={sessionId}
        models={models}
        settings={settings}
        problem={problem}
        retryAt={retryAtOf(items)}
        creating={creating}
        current={current}
        onSend={(text) => send({ ...settings, text, retryOf: null })}
        onStop={turns.stop}
      />
    </div>
  );
}

/** The address decides: the first message of a new session gives it one without drawing the page anew. */
function useShownSession(page: SessionPage | null): string | null {
  const pathname = usePathname();
  return page?.id ?? sessionAt(pathname);
}

/** A turn with words that has just left the composer here; one found running has none. */
function sendingOf(followed: readonly LocalTurn[]): string | null {
  const sent = followed.findLast(({ words }) => words !== null);
  return sent?.phase === 'sending' ? sent.id : null;
}

/** When the server will take messages again, if it said that it does not. */
function retryAtOf(items: ReturnType<typeof transcriptItems>): number | null {
  const last = items.at(-1);
  return last && last.kind !== 'user' ? (last.problem?.retryAt ?? null) : null;
}
