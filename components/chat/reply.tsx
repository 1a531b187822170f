import './reply.css';
import { memo } from 'react';
import { Markdown } from '@/components/markdown/lazy-markdown';
import { CopyButton } from '@/components/ui/copy-button';
import { Icon } from '@/components/ui/icon';
import { ProblemText } from '@/components/ui/problem-text';
import { copyText } from '@/lib/client/copy-text';
import type { ReplyItem, TranscriptActions } from '@/lib/client/use-transcript-actions';
import { useTurnText } from '@/lib/client/use-turns';

interface Props {
  readonly item: ReplyItem;
  readonly actions: TranscriptActions;
}

/** `budget`: what may be drawn of its text at first; later changes mean nothing. */
export const Reply = memo(
  function Reply({ item, actions, budget }: Props & { readonly budget: number }) {
    const followed = useTurnText(item.text === null ? (item.turn?.id ?? null) : null);
    const text = item.text ?? followed;
    const running = item.state === 'running';
    const empty = text.trim() === '';
    return (
      <article className="reply" aria-busy={running}>
        <h2 className="visually-hidden">Reply</h2>
        {!empty && <Markdown text={text} streaming={running} idPrefix={item.key} budget={budget} />}
        {running && <TypingDots shown={empty || item.turn?.phase === 'sending'} />}
        <ReplyNote item={item} empty={empty} actions={actions} />
        {!running && !empty && <ReplyActions item={item} text={text} actions={actions} />}
      </article>
    );
  },
  (before, after) => before.actions === after.actions && sameReply(before.item, after.item),
);

function ReplyActions({ item, text, actions }: Props & { readonly text: string }) {
  return (
    <div className="reply-actions">
      <CopyButton label="Copy" onCopy={() => copyText(text)} />
      {item.state === 'stopped' && item.continues !== null && (
        <ContinueButton className="quiet-button" item={item} actions={actions} />
      )}
    </div>
  );
}

/** Items are made anew with every change of the list; most of them say the same as before. */
const sameReply = (a: ReplyItem, b: ReplyItem): boolean =>
  a.key === b.key &&
  a.text === b.text &&
  a.state === b.state &&
  a.turn === b.turn &&
  a.problem === b.problem &&
  a.words === b.words &&
  a.continues === b.continues;

function TypingDots({ shown }: { readonly shown: boolean }) {
  if (!shown) return null;
  return (
    <div className="typing">
      <span className="visually-hidden">The reply has not begun yet</span>
      <span aria-hidden="true" />
      <span aria-hidden="true" />
      <span aria-hidden="true" />
    </div>
  );
}

/** How a reply ended, where it did not end by itself. */
function ReplyNote({ item, empty, actions }: Props & { readonly empty: boolean }) {
  switch (item.state) {
    case 'complete':
      return empty ? <BrokenNote item={item} empty={empty} actions={actions} /> : null;
    case 'running':
      return item.turn?.phase === 'lost' ? (
        <p className="note">The connection is lost. Trying again…</p>
      ) : null;
    case 'stopped':
      return <p className="note">{empty ? 'Stopped before the reply began' : 'Stopped'}</p>;
    case 'interrupted':
    case 'lost':
      return <BrokenNote item={item} empty={empty} actions={actions} />;
  }
}

function BrokenNote({ item, empty, actions }: Props & { readonly empty: boolean }) {
  const { state, problem, words, continues } = item;
  return (
    <div className="note note-warning">
      <Icon name="warning" />
      <p>{problem ? <ProblemText problem={problem} /> : brokenSentence(state, empty)}</p>
      {continues !== null && <ContinueButton className="button" item={item} actions={actions} />}
      {(state === 'lost' || words !== null) && (
        <button
          type="button"
          className="button"
          onClick={() => {
            actions.retryReply(item);
          }}
        >
          <Icon name="retry" />
          Retry
        </button>
      )}
    </div>
  );
}

function brokenSentence(state: ReplyItem['state'], empty: boolean): string {
  if (!empty) return 'The reply was cut off. What arrived is kept.';
  return state === 'complete'
    ? 'The reply is empty.'
    : 'The reply was stopped or cut off before it began.';
}

function ContinueButton({ className, item, actions }: Props & { readonly className: string }) {
  return (
    <button
      type="button"
      className={className}
      onClick={() => {
        actions.continueReply(item);
      }}
    >
      <Icon name="continue" />
      Continue
    </button>
  );
}
