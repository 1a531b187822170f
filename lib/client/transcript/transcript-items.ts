import type { PageMessage } from '@/lib/page/session-page';
import { firstTurnOf, shownExchanges, type Exchange, type TranscriptSource } from './exchanges';
import type { ShownFailedTurn } from './failed-turns';
import type { Problem } from '@/lib/client/net/problem';
import { textOf } from '@/lib/reply/entry';
import { sourcesOf, type Source } from '@/lib/reply/source';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';

/**
 * The items of a transcript, in order. Keys come from the turns that asked, so that a reply keeps its element
 * (selection, buttons) when the stored one replaces the streamed one, and when it is continued.
 */
export type TranscriptItem =
  | {
      readonly kind: 'user';
      readonly key: string;
      readonly text: string;
      /** The stored message; null: the page does not have it yet. */
      readonly stored: PageMessage | null;
    }
  | {
      readonly kind: 'reply';
      readonly key: string;
      /** The stored text; null: it is being streamed, and the registry of turns has it. */
      readonly text: string | null;
      /** What the model thought, of a stored reply; null: it is being streamed. */
      readonly reasoning: string | null;
      /** What a stored reply cites; null: it is being streamed. */
      readonly sources: readonly Source[] | null;
      /** The stored reply; null: it is being streamed. */
      readonly stored: PageMessage | null;
      /** How long the model thought; null: it did not, or unknown. */
      readonly thoughtMs: number | null;
      readonly state: 'running' | 'lost' | PageMessage['state'];
      /** Null: according to the page it runs, and this tab does not follow it yet. */
      readonly turn: LocalTurn | null;
      readonly problem: Problem | null;
      /** The user's text, to ask again; null where that is not possible. */
      readonly userText: string | null;
      /** The user message, to ask again; null while its id is unknown. */
      readonly question: string | null;
      /** The request id for continuing it; null where that is not possible. */
      readonly continues: string | null;
      /** How many earlier messages did not fit into the prompt; null: none or unknown. */
      readonly omitted: number | null;
    }
  | {
      readonly kind: 'failed';
      readonly key: string;
      readonly requestId: string;
      readonly turn: LocalTurn | null;
      readonly text: string;
      readonly problem: Problem;
    };

export type ReplyItem = Extract<TranscriptItem, { kind: 'reply' }>;

export function transcriptItems(source: TranscriptSource): TranscriptItem[] {
  const exchanges = shownExchanges(source);
  const items = exchanges.flatMap((exchange) => {
    const failure = failureOf(exchange);
    if (failure) return [failure];
    const last = exchange === exchanges.at(-1);
    const answer = replyOf(exchange, source.turns) ?? (last ? unanswered(exchange) : null);
    return [questionOf(exchange), answer].filter((item) => item !== null);
  });
  // Only the last reply of a session can be regenerated or continued.
  return items.map((item, at) =>
    item.kind === 'reply' && at < items.length - 1
      ? { ...item, userText: null, continues: null }
      : item,
  );
}

function questionOf(exchange: Exchange): TranscriptItem | null {
  const { question } = exchange;
  if (question) {
    const { id, turn, content } = question;
    return { kind: 'user', key: `${turn ?? id} user`, text: content, stored: question };
  }
  const asker = firstTurnOf(exchange);
  if (!asker || asker.userText === null) return null;
  return { kind: 'user', key: `${asker.requestId} user`, text: asker.userText, stored: null };
}

/** A turn without a reply, from this tab or from the page. */
function failureOf(exchange: Exchange): TranscriptItem | null {
  const { reply: answered, failure } = exchange;
  const turn = firstTurnOf(exchange);
  if (answered || (turn && turn.phase !== 'ended')) return null;
  const failedHere = turn && (!turn.confirmed || turn.end?.state === 'failed');
  if (failedHere && turn.problem) return followedFailure(exchange, turn, turn.problem);
  return failure && storedFailure(failure);
}

/** Null while the user's text is unknown: it stays a reply, so that no action can lose the text. */
function followedFailure(
  { question, failure }: Exchange,
  turn: LocalTurn,
  problem: Problem,
): TranscriptItem | null {
  const { requestId } = turn;
  const text = turn.userText ?? failure?.text ?? question?.content;
  if (text === undefined) return null;
  // The frame has no retry time; the page does.
  const retryAt = problem.retryAt ?? failure?.retryAt ?? null;
  const key = `${requestId} failed`;
  return { kind: 'failed', key, requestId, turn, text, problem: { ...problem, retryAt } };
}

const storedFailure = ({
  requestId,
  text,
  failure,
  retryAt = null,
}: ShownFailedTurn): TranscriptItem => ({
  kind: 'failed',
  key: `${requestId} failed`,
  requestId,
  turn: null,
  text,
  problem: { ...failure, ref: requestId, retryAt },
});

function replyOf(exchange: Exchange, turns: readonly LocalTurn[]): ReplyItem | null {
  const { key, question, reply: stored, running } = exchange;
  const turn = exchange.turns.at(-1);
  const more = {
    omitted: omittedOf(exchange, turns),
    thoughtMs: thoughtMsOf(exchange, turns),
    question: question?.id ?? null,
  };
  if (stored) return { ...followedReply(exchange, stored, turns), ...more };
  const userText = question?.content ?? firstTurnOf(exchange)?.userText ?? null;
  if (turn) return { ...turnReply(key, turn, userText), ...more };
  return running ? reply(key, { state: 'running' }) : null;
}

/** From this tab's turn or from the page. */
const omittedOf = (exchange: Exchange, turns: readonly LocalTurn[]): number | null =>
  writerOf(exchange, turns)?.end?.omitted ?? exchange.reply?.omitted ?? null;

const thoughtMsOf = (exchange: Exchange, turns: readonly LocalTurn[]): number | null =>
  writerOf(exchange, turns)?.end?.thoughtMs ?? exchange.reply?.thoughtMs ?? null;

/** This tab's turn that wrote the reply last; null for one that wrote another reply to the same message. */
function writerOf({ reply: stored, ...exchange }: Exchange, turns: readonly LocalTurn[]) {
  const turn = exchange.turns.at(-1) ?? null;
  if (!turn || stored?.turn == null || stored.turn === turn.requestId) return turn;
  return wentOn(turn, stored.turn, turns) ? turn : null;
}

/** Stands for a reply that died or was stopped before its first token. The question can be asked again. */
function unanswered({ key, question }: Exchange): ReplyItem | null {
  if (!question || question.turn === null) return null;
  const userText = question.content;
  return reply(key, { state: 'interrupted', text: '', userText, question: question.id });
}

/** The stored reply, overridden by the turn now writing it where this tab knows more than the page. */
function followedReply(
  { key, questionText: userText, running, ...exchange }: Exchange,
  message: PageMessage,
  turns: readonly LocalTurn[],
): ReplyItem {
  const { content: text, state, turn: writtenBy } = message;
  const turn = exchange.turns.at(-1);
  const continues = state === 'complete' ? null : writtenBy;
  const problem = cutOf(message);
  const shown = { text, ...besidesText(message), stored: message };
  const stored = reply(key, { ...shown, state, userText, continues, problem });
  if (turn && writtenBy !== null) {
    const runsHere = running && turn.requestId === writtenBy;
    if (runsHere || wentOn(turn, writtenBy, turns)) return turnReply(key, turn, userText);
  }
  if (running) return { ...stored, state: 'running', continues: null };
  return state === 'interrupted' && turn?.requestId === writtenBy && wasToldMore(turn)
    ? { ...stored, problem: turn.problem }
    : stored;
}

const besidesText = ({ parts }: PageMessage) => ({
  reasoning: textOf(parts ?? [], 'reasoning'),
  sources: sourcesOf(parts ?? []),
});

/** Why a stored reply was cut off. Only errors get a reference into the log. */
function cutOf({ cut, state, turn: ref }: PageMessage): Problem | null {
  if (!cut || state !== 'interrupted') return null;
  return { ...cut, ref: cut.code < 400 ? null : ref, retryAt: null };
}

/** The page knows that a reply was cut off; only the tab that asked knows why. */
const wasToldMore = ({ continues, end }: LocalTurn): boolean =>
  continues !== null || Boolean(end?.failure);

/** True when a turn continues `requestId`, directly or through others. */
function wentOn(turn: LocalTurn, requestId: string, turns: readonly LocalTurn[]): boolean {
  if (turn.continues === null) return false;
  if (turn.continues.requestId === requestId) return true;
  const before = turns.find((other) => other.requestId === turn.continues?.requestId);
  return before !== undefined && wentOn(before, requestId, turns);
}

function turnReply(key: string, turn: LocalTurn, userText: string | null): ReplyItem {
  const { problem, continues, requestId } = turn;
  const state = stateOf(turn);
  const broken = state === 'interrupted' || state === 'stopped';
  const left = turn.confirmed ? (turn.end?.replyId ? requestId : null) : continues?.requestId;
  const more = { state, continues: broken ? (left ?? null) : null };
  return reply(key, { turn, problem, userText, ...more });
}

function stateOf({ phase, end, confirmed, continues }: LocalTurn): ReplyItem['state'] {
  if (phase !== 'ended') return 'running';
  // A continuation that did not begin leaves the reply as it was.
  if (!confirmed && continues) return 'interrupted';
  return end && end.state !== 'failed' ? end.state : 'lost';
}

const reply = (key: string, fields: Partial<ReplyItem> & Pick<ReplyItem, 'state'>): ReplyItem => ({
  kind: 'reply',
  key,
  text: null,
  reasoning: null,
  sources: null,
  stored: null,
  thoughtMs: null,
  turn: null,
  problem: null,
  userText: null,
  question: null,
  continues: null,
  omitted: null,
  ...fields,
});
