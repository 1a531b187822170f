'use client';

import './printed-session.css';
import '@/components/chat/transcript/reply.css';
import '@/components/chat/transcript/transcript.css';
import Link from 'next/link';
import { useEffect } from 'react';
import { Markdown } from '@/components/markdown/lazy-markdown';
import { PageBar } from '@/components/shell/page-bar';
import { Button } from '@/components/ui/button';
import type { PrintedMessage, PrintedSession as Printed } from '@/lib/page/session-page';
import { texts } from '@/lib/texts/texts';

/** A session on paper: every message, sources in full, no controls. Thoughts are left out, as in an export. */
export function PrintedSession({ session }: { session: Printed }) {
  const { id, title, isCut, messages } = session;
  useEffect(() => {
    void document.fonts.ready.then(print);
  }, []);
  return (
    <div className="page">
      <PageBar />
      <div className="printed" id="main" tabIndex={-1}>
        <p className="printed-controls">
          <Button className="button button-primary" onClick={print}>
            {texts.printing.run}
          </Button>
          <Link className="button" href={`/s/${id}`} prefetch={false}>
            {texts.printing.back}
          </Link>
        </p>
        <h1 dir="auto">{title}</h1>
        {isCut && <p className="note">{texts.printing.cut(messages.length)}</p>}
        {messages.map((message) => (
          <PrintedMessageBox key={message.id} message={message} />
        ))}
      </div>
    </div>
  );
}

const print = () => {
  window.print();
};

function PrintedMessageBox({
  message: { id, role, content, sources },
}: {
  message: PrintedMessage;
}) {
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
    <article className="reply">
      <h2 className="visually-hidden">{texts.transcript.reply}</h2>
      <Markdown text={content} streaming={false} idPrefix={id} budget={Infinity} />
      {sources.length > 0 && (
        <ol className="printed-sources">
          {sources.map(({ url, title }) => (
            <li key={url}>
              {title} <span>{url}</span>
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}
