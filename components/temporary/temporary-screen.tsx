'use client';

import './temporary.css';
import '@/components/chat/screen.css';
import '@/components/chat/composer/composer.css';
import '@/components/chat/transcript/reply.css';
import '@/components/chat/transcript/transcript.css';
import { STEP_WEIGHT } from '@/components/markdown/drawing/budgets';
import { Markdown } from '@/components/markdown/lazy-markdown';
import { Sources } from '@/components/chat/transcript/sources';
import { replyAloud } from '@/components/chat/transcript/reply-status';
import { TypingDots } from '@/components/chat/transcript/typing-dots';
import { PageBar } from '@/components/shell/page-bar';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { useObservable } from '@/lib/client/browser/observable';
import { useClientState } from '@/lib/client/page/client-state';
import type { TemporaryMessage } from '@/lib/client/temporary/history';
import { NO_TEMPORARY_CHAT } from '@/lib/client/temporary/temporary-chat';
import type { PageModels } from '@/lib/page/session-page';
import { texts } from '@/lib/texts/texts';
import { TemporaryComposer } from './temporary-composer';

/** A chat that is stored nowhere: it is in the memory of this tab. */
export function TemporaryScreen({ models }: { models: PageModels }) {
  const { temporary } = useClientState();
  const { messages, reply, problem } = useObservable(temporary.state, NO_TEMPORARY_CHAT);
  return (
    <div className="screen temporary">
      <PageBar />
      <header className="temporary-head">
        <h1>{texts.temporary.title}</h1>
        <p>{texts.temporary.about}</p>
        {messages.length > 0 && <Button onClick={temporary.clear}>{texts.temporary.clear}</Button>}
      </header>
      <div className="transcript-frame">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
        <section className="scroller" tabIndex={0} aria-label={texts.transcript.messages}>
          <div className="transcript" role="log" aria-live="off">
            {messages.map((message) => (
              <Message key={message.id} message={message} />
            ))}
            {reply !== null && <Running text={reply} />}
          </div>
        </section>
      </div>
      <output className="visually-hidden">{statusOf(messages, reply)}</output>
      {problem && (
        <p className="composer-problem temporary-problem" role="alert">
          <ProblemText problem={problem} />
        </p>
      )}
      <TemporaryComposer models={models} running={reply !== null} />
    </div>
  );
}

/** Announces the beginning and the end of a reply to screen readers, instead of each token. */
function statusOf(messages: readonly TemporaryMessage[], reply: string | null): string {
  const last = messages.at(-1);
  if (reply !== null) return texts.transcript.status.writing;
  return last?.role === 'assistant' ? replyAloud(last.content) : '';
}

function Message({ message: { id, role, content, sources } }: { message: TemporaryMessage }) {
  if (role === 'user')
    return (
      <article className="user-message">
        <h2 className="visually-hidden">{texts.transcript.you}</h2>
        <div className="bubble" dir="auto">
          {content}
        </div>
      </article>
    );
  return (
    <article className="reply" aria-busy={false}>
      <h2 className="visually-hidden">{texts.transcript.reply}</h2>
      <Markdown text={content} streaming={false} idPrefix={id} budget={STEP_WEIGHT} />
      <Sources sources={sources} />
    </article>
  );
}

function Running({ text }: { text: string }) {
  return (
    <article className="reply" aria-busy>
      <h2 className="visually-hidden">{texts.transcript.reply}</h2>
      {text.trim() === '' ? (
        <TypingDots shown />
      ) : (
        <Markdown text={text} streaming idPrefix="running" budget={STEP_WEIGHT} />
      )}
    </article>
  );
}
