'use client';

import './screen.css';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { whenIdle } from '@/lib/client/browser/when-idle';
import { useClientState } from '@/lib/client/page/client-state';
import { useBranchActions } from '@/lib/client/branches/use-branch-actions';
import { useShownBranch } from '@/lib/client/branches/use-shown-branch';
import { useFailedReplies } from '@/lib/client/branches/use-failed-replies';
import { leftBehind } from '@/lib/client/transcript/older-failures';
import { sessionAt } from '@/lib/client/page/session-address';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import type { TranscriptItem } from '@/lib/client/transcript/transcript-items';
import { useJump } from '@/lib/client/search/use-jump';
import { useMessagePages } from '@/lib/client/transcript/use-message-pages';
import { usePageTurns } from '@/lib/client/transcript/use-page-turns';
import { useSend } from '@/lib/client/composer/use-send';
import { useSendSettings } from '@/lib/client/composer/use-send-settings';
import { useCurrentPage } from '@/lib/client/page/use-current-page';
import { useSessionTurns } from '@/lib/client/transcript/use-turns';
import { useTranscriptItems } from '@/lib/client/transcript/use-transcript-items';
import { useTranscriptActions } from '@/lib/client/transcript/use-transcript-actions';
import type { PageModels, SessionPage } from '@/lib/page/session-page';
import { Markdown } from '@/components/markdown/lazy-markdown';
import { Composer } from '@/components/chat/composer/composer';
import { DeletedSession } from './deleted-session';
import { ReplyStatus } from '@/components/chat/transcript/reply-status';
import { Topbar } from './topbar';
import { Transcript } from '@/components/chat/transcript/transcript';
import { Greeting } from './welcome/greeting';
import { Starters } from './welcome/starters';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  /** Null: a new session. */
  readonly page: SessionPage | null;
  readonly models: PageModels;
}

export function SessionScreen({ page: initialPage, models }: Props) {
  const sessionId = useShownSession(initialPage);
  const { page, readAt, deleted } = useCurrentPage(initialPage, sessionId);
  const { turns } = useClientState();
  const { messages: stored, hasEarlier, status, readEarlier } = useMessagePages(page);
  const followed = useSessionTurns(sessionId);
  const settings = useSendSettings(
    models,
    sessionId,
    page?.id === sessionId ? page?.model : undefined,
  );
  const { send, creating, problem } = useSend(sessionId);

  usePageTurns(page);

  const { messages, turns: shown } = useShownBranch(page, stored, followed, readAt);
  const items = useTranscriptItems(page, messages, shown);
  const actions = useTranscriptActions(sessionId, settings, send, items);
  const branches = useBranchActions(sessionId, settings, models.models, send);
  useJump({ messages, items, hasEarlier, status, readEarlier, showBranch: branches.show });
  useFailedReplies(followed);
  // Before the first reply comes: it would be rendered again once the code that formats it has loaded.
  useEffect(() => whenIdle(Markdown.preload), []);
  useEffect(() => {
    for (const item of leftBehind(items)) actions.dismiss(item);
  }, [items, actions]);
  const current = shown.findLast(({ phase }) => phase !== 'ended') ?? null;

  const begins = items.length === 0;

  if (deleted && sessionId !== null) return <DeletedHere sessionId={sessionId} />;
  return (
    <div className="screen session-screen" data-begins={begins || undefined}>
      <Topbar sessionId={sessionId} page={page} />
      {begins ? (
        <Greeting demo={models.demo} />
      ) : (
        <Transcript
          key={sessionId}
          sessionId={sessionId}
          items={items}
          actions={actions}
          branches={branches}
          {...sentFromHere(shown)}
          earlier={hasEarlier ? { status, read: readEarlier } : null}
        />
      )}
      <ReplyStatus turn={shown.at(-1) ?? null} />
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
        begins={begins}
      />
      {begins && <Starters sessionId={sessionId} />}
      <div className="screen-end" hidden />
    </div>
  );
}

/** The session was deleted elsewhere while it was shown. A restored one appears at the next refresh. */
function DeletedHere({ sessionId }: { sessionId: string }) {
  const texts = useTexts();
  return (
    <div className="screen">
      <Topbar sessionId={null} page={null} />
      <DeletedSession sessionId={sessionId} onRestored={stay}>
        <p>{texts.deletion.deletedElsewhere}</p>
      </DeletedSession>
    </div>
  );
}

const stay = () => undefined;

/** The URL decides: the first message of a new session changes it without a navigation. */
function useShownSession(page: SessionPage | null): string | null {
  const pathname = usePathname();
  return page?.id ?? sessionAt(pathname);
}

/** The last turn that was sent from this tab; one that was found running has no text here. */
function sentFromHere(turns: readonly LocalTurn[]) {
  const last = turns.findLast(({ userText }) => userText !== null);
  return {
    sending: last?.phase === 'sending' ? last.id : null,
    running: last && last.phase !== 'ended' ? last.requestId : null,
  };
}

/** When the server accepts messages again, if it refuses them now. */
function retryAtOf(items: readonly TranscriptItem[]): number | null {
  const last = items.at(-1);
  return last && last.kind !== 'user' ? (last.problem?.retryAt ?? null) : null;
}
