'use client';

import './printed-session.css';
import '@/components/chat/transcript/reply.css';
import '@/components/chat/transcript/transcript.css';
import Link from 'next/link';
import { memo, useCallback, useEffect, useState } from 'react';
import { Bubble } from '@/components/chat/transcript/bubble';
import { PAGE_WEIGHT, firstBudgets } from '@/components/markdown/drawing/budgets';
import { Markdown } from '@/components/markdown/lazy-markdown';
import { PageBar } from '@/components/shell/page-bar';
import { Button } from '@/components/ui/button';
import type { PrintedMessage, PrintedSession as Printed } from '@/lib/page/session-page';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';

/** Without a reply drawn for this long, what there is is printed: an old page cannot load the code that draws. */
const STUCK_MS = 10_000;

/**
 * A session on paper: every message, sources in full, no controls. Thoughts are left out, as in an export. The server
 * draws the end, as on the session's page, and the browser the rest, step by step; then it prints.
 */
export function PrintedSession({ session }: { session: Printed }) {
  const { printed } = useLaterTexts();
  const { id, title, isCut, messages } = session;
  const replies = messages.filter(({ role }) => role === 'assistant');
  const [budgetOf] = useState(() => budgetsOf(replies));
  const [drawn, setDrawn] = useState(0);
  const onDrawn = useCallback(() => {
    setDrawn((count) => count + 1);
  }, []);
  const isDrawn = drawn >= budgetOf.size;
  const [stuckAt, setStuckAt] = useState(-1);
  useEffect(() => {
    if (isDrawn) return undefined;
    const timer = setTimeout(setStuckAt, STUCK_MS, drawn);
    return () => {
      clearTimeout(timer);
    };
  }, [drawn, isDrawn]);
  const isReady = isDrawn || stuckAt === drawn;
  useEffect(() => {
    if (isReady) void document.fonts.ready.then(print);
  }, [isReady]);
  return (
    <div className="page">
      <PageBar />
      <div className="printed" id="main" tabIndex={-1}>
        <p className="printed-controls">
          <Button className="button button-primary" onClick={print}>
            {printed.run}
          </Button>
          <Link className="button" href={`/s/${id}`} prefetch={false}>
            {printed.back}
          </Link>
          <output className="printed-progress">{!isReady && printed.preparing}</output>
        </p>
        <h1 dir="auto">{title}</h1>
        {isCut && <p className="note">{printed.cut(messages.length)}</p>}
        {messages.map((message) => (
          <PrintedMessageBox
            key={message.id}
            message={message}
            budget={budgetOf.get(message.id) ?? 0}
            onDrawn={onDrawn}
          />
        ))}
      </div>
    </div>
  );
}

function budgetsOf(replies: readonly PrintedMessage[]): ReadonlyMap<string, number> {
  const budgets = firstBudgets(
    replies.map(({ content }) => content),
    PAGE_WEIGHT,
  );
  return new Map(replies.map(({ id }, at) => [id, budgets[at] ?? 0]));
}

const print = () => {
  window.print();
};

interface BoxProps {
  readonly message: PrintedMessage;
  readonly budget: number;
  readonly onDrawn: () => void;
}

/** Not rendered again each time that another one is drawn: there may be thousands. */
const PrintedMessageBox = memo(function PrintedMessageBox({
  message: { id, role, content, sources },
  budget,
  onDrawn,
}: BoxProps) {
  const texts = useTexts();
  if (role === 'user')
    return (
      <article className="user-message">
        <h2 className="visually-hidden">{texts.transcript.you}</h2>
        <Bubble text={content} />
      </article>
    );
  return (
    <article className="reply">
      <h2 className="visually-hidden">{texts.transcript.reply}</h2>
      <Markdown text={content} streaming={false} idPrefix={id} budget={budget} onDrawn={onDrawn} />
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
});
