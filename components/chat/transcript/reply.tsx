import './reply.css';
import { memo, useEffect, useRef, useState } from 'react';
import { Markdown } from '@/components/markdown/lazy-markdown';
import { CopyButton } from '@/components/ui/copy-button';
import { Icon } from '@/components/ui/icon';
import { ProblemText } from '@/components/ui/problem-text';
import type { Problem } from '@/lib/client/net/problem';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { endNote, omittedSentence } from '@/lib/client/transcript/reply-end';
import { copyText } from '@/lib/client/browser/copy-text';
import { isTranslated } from '@/lib/client/browser/foreign-nodes';
import { ReplyButtons } from '@/components/chat/branches/reply-buttons';
import { SiblingNav } from '@/components/chat/branches/sibling-nav';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import type { PageMessage } from '@/lib/page/session-page';
import type { ReplyItem } from '@/lib/client/transcript/transcript-items';
import type { TranscriptActions } from '@/lib/client/transcript/use-transcript-actions';
import { useTurnReasoning, useTurnSources, useTurnText } from '@/lib/client/transcript/use-turns';

import { ReplyFacts } from './reply-facts';
import { Sources } from './sources';
import { Reasoning } from './reasoning';
import { RetryButton } from './retry-button';
import { Stall } from './stall';
import { TypingDots } from './typing-dots';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly item: ReplyItem;
  readonly actions: TranscriptActions;
}

interface ReplyProps extends Props {
  readonly branches: BranchActions;
}

/** `budget`: the weight to render at first; later changes are ignored. */
export const Reply = memo(
  function Reply({ item, actions, branches, budget }: ReplyProps & { readonly budget: number }) {
    const texts = useTexts();
    const { text, reasoning, sources } = useReply(item);
    const running = item.state === 'running';
    const empty = text.trim() === '';
    useEffect(() => {
      if (running) Markdown.preload();
    }, [running]);
    return (
      <article
        className="reply"
        data-key={item.key}
        data-fresh={running && empty ? '' : undefined}
        aria-busy={running}
      >
        <h2 className="visually-hidden">{texts.transcript.reply}</h2>
        <Reasoning
          reasoning={reasoning}
          running={running}
          thinks={running && empty}
          thoughtMs={item.thoughtMs}
        />
        {!empty && <ReplyText item={item} text={text} budget={budget} />}
        {running && (
          <TypingDots shown={isSilent(text, reasoning) || item.turn?.phase === 'sending'} />
        )}
        <Sources sources={sources} />
        <ReplyEnd item={item} text={text} actions={actions} branches={branches} />
      </article>
    );
  },
  (before, after) =>
    before.actions === after.actions &&
    before.branches === after.branches &&
    sameReply(before.item, after.item) &&
    sameValues(before.item.sources, after.item.sources) &&
    sameStored(before.item.stored, after.item.stored),
);

/** The end of a reply. The row of buttons exists from the first token, so that nothing moves when they appear. */
function ReplyEnd({ item, text, actions, branches }: ReplyProps & { readonly text: string }) {
  const running = item.state === 'running';
  const empty = text.trim() === '';
  const texts = useTexts();
  const omitted = omittedSentence(texts, item.omitted);
  return (
    <>
      <ReplyNote item={item} empty={empty} actions={actions} />
      {omitted && <p className="note">{omitted}</p>}
      {(running || !empty) && (
        <div className="reply-actions">
          {running ? (
            !empty && <Stall length={text.length} />
          ) : (
            <ReplyActions item={item} text={text} actions={actions} branches={branches} />
          )}
        </div>
      )}
    </>
  );
}

const isSilent = (text: string, reasoning: string) => (text + reasoning).trim() === '';

/** Stored, or as far as it has come. */
function useReply({ text, reasoning, sources, turn }: ReplyItem) {
  const id = turn?.id ?? null;
  const followed = useTurnText(text === null ? id : null);
  const thought = useTurnReasoning(reasoning === null ? id : null);
  const cited = useTurnSources(sources === null ? id : null);
  return {
    text: text ?? followed,
    reasoning: reasoning ?? thought,
    sources: sources ?? cited,
  };
}

interface TextProps {
  readonly item: ReplyItem;
  readonly text: string;
  readonly budget: number;
}

/** Rendered again at the end if a page translator changed it, because text that arrived after that is missing. */
function ReplyText({ item: { key, state }, text, budget }: TextProps) {
  const running = state === 'running';
  const frame = useRef<HTMLDivElement>(null);
  const ran = useRef(running);
  const [drawing, setDrawing] = useState(0);
  useEffect(() => {
    if (ran.current && !running && isTranslated(frame.current)) setDrawing((count) => count + 1);
    ran.current = running;
  }, [running]);
  return (
    <div ref={frame}>
      <Markdown key={drawing} text={text} streaming={running} idPrefix={key} budget={budget} />
    </div>
  );
}

function ReplyActions({ item, text, actions, branches }: ReplyProps & { readonly text: string }) {
  const texts = useTexts();
  const { stored, question } = item;
  const note = endNote(item, false);
  return (
    <>
      {stored?.place && (
        <SiblingNav messageId={stored.id} place={stored.place} onShow={branches.show} />
      )}
      <CopyButton label={texts.controls.copy} onCopy={() => copyText(text)} />
      {item.state === 'stopped' && item.continues !== null && (
        <ContinueButton className="quiet-button" item={item} actions={actions} />
      )}
      {stored && <ReplyButtons reply={stored} question={question} actions={branches} />}
      {note?.kind === 'quiet' && (
        <span className="reply-ended">{failureSentence(texts, note.problem)}</span>
      )}
      <ReplyFacts facts={item.stored?.facts} messageId={item.stored?.id ?? null} />
    </>
  );
}

const sameValues = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

const sameStored = (a: PageMessage | null, b: PageMessage | null): boolean =>
  a === b || (a?.id === b?.id && sameValues([a?.facts, a?.place], [b?.facts, b?.place]));

/** Items are recreated with each change of the list, but most are equal. */
const sameReply = (a: ReplyItem, b: ReplyItem): boolean =>
  a.key === b.key &&
  a.text === b.text &&
  a.reasoning === b.reasoning &&
  a.thoughtMs === b.thoughtMs &&
  a.state === b.state &&
  a.turn === b.turn &&
  a.problem === b.problem &&
  a.userText === b.userText &&
  a.question === b.question &&
  a.omitted === b.omitted &&
  a.continues === b.continues;

/** The note on how an incomplete reply ended. */
function ReplyNote({ item, empty, actions }: Props & { readonly empty: boolean }) {
  const texts = useTexts();
  if (item.state === 'running') {
    return item.turn?.phase === 'lost' ? <p className="note">{texts.transcript.lost}</p> : null;
  }
  const note = endNote(item, empty);
  if (!note) return null;
  if (note.kind === 'broken') {
    return <BrokenNote item={item} problem={note.problem} actions={actions} />;
  }
  // Beside the buttons, where there are some, it moves nothing.
  return empty ? <p className="note">{failureSentence(texts, note.problem)}</p> : null;
}

interface BrokenProps extends Props {
  readonly problem: Problem;
}

function BrokenNote({ item, problem, actions }: BrokenProps) {
  const { state, userText, continues } = item;
  const retry = state === 'lost' || userText !== null;
  return (
    <div className="note note-warning">
      <Icon name="warning" />
      <p>
        <ProblemText problem={problem} />
      </p>
      {continues !== null && <ContinueButton className="button" item={item} actions={actions} />}
      {retry && (
        <RetryButton
          retryAt={item.problem?.retryAt ?? null}
          onRetry={() => {
            actions.retryReply(item);
          }}
        />
      )}
    </div>
  );
}

function ContinueButton({ className, item, actions }: Props & { readonly className: string }) {
  const texts = useTexts();
  return (
    <button
      type="button"
      className={className}
      onClick={() => {
        actions.continueReply(item);
      }}
    >
      <Icon name="continue" />
      {texts.transcript.continue}
    </button>
  );
}
