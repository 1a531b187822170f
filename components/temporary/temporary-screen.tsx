'use client';

import './temporary.css';
import '@/components/chat/screen.css';
import '@/components/chat/composer/composer.css';
import '@/components/chat/transcript/reply.css';
import '@/components/chat/transcript/transcript.css';
import { useRef } from 'react';
import { STEP_WEIGHT } from '@/components/markdown/drawing/budgets';
import { Markdown } from '@/components/markdown/lazy-markdown';
import { Sources } from '@/components/chat/transcript/sources';
import { replyAloud } from '@/components/chat/transcript/reply-status';
import { Scroller } from '@/components/chat/transcript/scroller';
import { TypingDots } from '@/components/chat/transcript/typing-dots';
import { PageBar } from '@/components/shell/page-bar';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { exchangesOf, type TemporaryMessage } from '@/lib/client/temporary/history';
import type { TemporaryState } from '@/lib/client/temporary/temporary-chat';
import { useTemporaryChat } from '@/lib/client/temporary/use-temporary-chat';
import type { PageModels } from '@/lib/page/session-page';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';
import { TemporaryComposer } from './temporary-composer';
import type { Texts } from '@/lib/texts/texts';

/** A chat that is stored nowhere: it is in the memory of this tab. */
export function TemporaryScreen({ models }: { models: PageModels }) {
  const texts = useTexts();
  const { temporary } = useLaterTexts();
  const { chat, state } = useTemporaryChat();
  const { messages, reply, problem } = state;
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <div className="screen temporary">
      <PageBar />
      <header className="temporary-head">
        <h1>{temporary.title}</h1>
        <p>{temporary.about}</p>
        {messages.length > 0 && <Button onClick={chat.clear}>{temporary.clear}</Button>}
      </header>
      <Scroller scroller={scroller} sending={reply?.id ?? null}>
        {/* In one list, so that a reply keeps its element when it ends: what it folds and selects stays. */}
        {exchangesOf(reply ? [...messages, reply] : messages).map((exchange) => (
          <div key={exchange[0]?.id} className="transcript-group" data-room>
            {exchange.map((message) => (
              <Message key={message.id} message={message} running={message === reply} />
            ))}
          </div>
        ))}
      </Scroller>
      <output className="visually-hidden">{statusOf(texts.transcript.status, state)}</output>
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
function statusOf(
  status: Texts['transcript']['status'],
  { messages, reply }: TemporaryState,
): string {
  const last = messages.at(-1);
  if (reply) return status.writing;
  return last?.role === 'assistant' ? replyAloud(status, last.content) : '';
}

interface MessageProps {
  readonly message: TemporaryMessage;
  readonly running: boolean;
}

function Message({ message: { id, role, content, sources }, running }: MessageProps) {
  const texts = useTexts();
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
    <article className="reply" aria-busy={running}>
      <h2 className="visually-hidden">{texts.transcript.reply}</h2>
      {content.trim() === '' ? (
        <TypingDots shown />
      ) : (
        <Markdown text={content} streaming={running} idPrefix={id} budget={STEP_WEIGHT} />
      )}
      <Sources sources={sources} />
    </article>
  );
}
