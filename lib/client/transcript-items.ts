import type { PageFailedTurn, PageMessage } from '@/lib/sessions/session-page';
import type { Problem } from './problem';
import type { LocalTurn } from './turn-book';

/**
 * What stands in a transcript, in order. Keys come from the turns that asked, so that a reply keeps its place on the
 * screen, its selection and its buttons when it turns from one being written into one that the page brought, and when
 * it is continued.
 */
export type TranscriptItem =
  | { readonly kind: 'user'; readonly key: string; readonly text: string }
  | {
      readonly kind: 'reply';
      readonly key: string;
      /** The stored text; null: it is being followed, and the book of turns has it. */
      readonly text: string | null;
      readonly state: 'running' | 'lost' | PageMessage['state'];
      /** Null: the page says that it runs, and nobody follows it yet. */
      readonly turn: LocalTurn | null;
      readonly problem: Problem | null;
      /** What the user wrote, to ask it again; null where that cannot be done. */
      readonly words: string | null;
      /** The request id to continue it by; null where that cannot be done. */
      readonly continues: string | null;
    }
  | {
      readonly kind: 'failed';
      readonly key: string;
      readonly requestId: string;
      readonly turn: LocalTurn | null;
      readonly text: string;
      readonly problem: Problem;
    };

type Reply = Extract<TranscriptItem, { kind: 'reply' }>;

interface Shown {
  readonly messages: readonly PageMessage[];
  readonly running: readonly string[];
  readonly failed: readonly PageFailedTurn[];
  readonly turns: readonly LocalTurn[];
  /** Request ids of failed turns that were dismissed or sent again since the page was read. */
  readonly gone: ReadonlySet<string>;
}

export function transcriptItems(shown: Shown): TranscriptItem[] {
  const { messages, running, failed, turns, gone } = shown;
  const stored = storedItems(messages);
  const has = new Set(stored.map(({ key }) => key));
  const written = new Set(messages.map(({ turn }) => turn));
  const followed = new Set(turns.map(({ requestId }) => requestId));
  const newest = new Map(turns.map((turn) => [replyKey(turn), turn]));
  const items = afterTheirQuestions([
    ...stored.map((item) => (item.kind === 'reply' ? followedReply(item, shown) : item)),
    ...running
      .filter((id) => !followed.has(id) && !messages.some(isReplyOf(id)))
      .map((id) => reply(`${id} reply`, { state: 'running' })),
    ...failed
      .filter(({ requestId }) => !followed.has(requestId) && !gone.has(requestId))
      .map(storedFailure),
    ...turns
      .filter((turn) => turn.continues === null && !has.has(replyKey(turn)))
      .filter(({ requestId }) => !messages.some(isReplyOf(requestId)))
      .flatMap((turn) =>
        turnItems(turn, newest.get(replyKey(turn)) ?? turn, written.has(turn.requestId)),
      ),
  ]);
  items.push(...unanswered(messages, items));
  // Only the last word of a session can be asked again or continued; before it that would be out of place.
  return items.map((item, at) =>
    item.kind === 'reply' && at < items.length - 1
      ? { ...item, words: null, continues: null }
      : item,
  );
}

/** In place of a reply whose process died, or that was stopped, before its first word: the question can be asked again. */
function unanswered(messages: readonly PageMessage[], items: readonly TranscriptItem[]): Reply[] {
  const last = messages.at(-1);
  if (last?.role !== 'user' || last.turn === null) return [];
  if (items.at(-1)?.key !== `${last.turn} user`) return [];
  return [reply(`${last.turn} reply`, { state: 'interrupted', text: '', words: last.content })];
}

/** Where several replies are being written at once, each stands where it will stay. */
function afterTheirQuestions(items: readonly TranscriptItem[]): TranscriptItem[] {
  const replyTo = ({ key }: TranscriptItem) => key.replace(/ user$/, ' reply');
  const questions = new Set(items.filter(({ kind }) => kind === 'user').map(replyTo));
  const replies = new Map(items.map((item) => [item.key, item]));
  return items
    .filter(({ key }) => !questions.has(key))
    .flatMap((item) => {
      const answered = item.kind === 'user' ? replies.get(replyTo(item)) : undefined;
      return answered ? [item, answered] : [item];
    });
}

const isReplyOf =
  (requestId: string) =>
  ({ turn, role }: PageMessage): boolean =>
    role === 'assistant' && turn === requestId;

const replyKey = ({ continues, requestId }: LocalTurn): string =>
  continues?.key ?? `${requestId} reply`;

type StoredReply = Reply & { readonly writtenBy: string | null };

function storedItems(messages: readonly PageMessage[]): (TranscriptItem | StoredReply)[] {
  let question: PageMessage | null = null;
  return messages.map((message) => {
    const { id, role, content, state, turn } = message;
    if (role === 'user') {
      question = message;
      return { kind: 'user', key: `${turn ?? id} user`, text: content };
    }
    // A turn's reply stands after the words that it answers, whatever turn went on with it.
    const asked = turn === null ? id : (question?.turn ?? turn);
    const continues = state === 'complete' ? null : turn;
    const fields = { text: content, state, words: question?.content ?? null, continues };
    return { ...reply(`${asked} reply`, fields), writtenBy: turn };
  });
}

/** A stored reply as the turn that is at it has it, where this tab knows more than the page. */
function followedReply(stored: Reply | StoredReply, { running, turns }: Shown): Reply {
  const writtenBy = 'writtenBy' in stored ? stored.writtenBy : null;
  if (writtenBy === null) return stored;
  const turn = turns.findLast(
    (local) => replyKey(local) === stored.key || local.requestId === writtenBy,
  );
  const runs = running.includes(writtenBy);
  if (turn && ((runs && turn.requestId === writtenBy) || wentOn(turn, writtenBy, turns))) {
    return { ...turnReply(turn, stored.words), key: stored.key };
  }
  if (runs) return { ...stored, state: 'running', continues: null };
  // The page knows that it broke off; only the tab that asked was told why.
  return stored.state === 'interrupted' && turn?.requestId === writtenBy && turn.continues
    ? { ...stored, problem: turn.problem }
    : stored;
}

/** True when a turn goes on with what `requestId` left off, also by way of others. */
function wentOn(turn: LocalTurn, requestId: string, turns: readonly LocalTurn[]): boolean {
  if (turn.continues === null) return false;
  if (turn.continues.requestId === requestId) return true;
  const before = turns.find((other) => other.requestId === turn.continues?.requestId);
  return before !== undefined && wentOn(before, requestId, turns);
}

const storedFailure = ({ requestId, text, code, message }: PageFailedTurn): TranscriptItem => ({
  kind: 'failed',
  key: `${requestId} failed`,
  requestId,
  turn: null,
  text,
  problem: { code, message, ref: requestId, retryAt: null },
});

/** `newest`: the turn that went on with its reply last, else the turn itself. */
function turnItems(turn: LocalTurn, newest: LocalTurn, asked: boolean): TranscriptItem[] {
  const { requestId, words, problem, end, confirmed } = turn;
  if (problem && (end?.state === 'failed' || !confirmed)) {
    return [
      { kind: 'failed', key: `${requestId} failed`, requestId, turn, text: words ?? '', problem },
    ];
  }
  const user: TranscriptItem[] =
    asked || words === null ? [] : [{ kind: 'user', key: `${requestId} user`, text: words }];
  return [...user, turnReply(newest, words)];
}

function turnReply(turn: LocalTurn, words: string | null): Reply {
  const { problem, continues, requestId } = turn;
  const state = stateOf(turn);
  const broken = state === 'interrupted' || state === 'stopped';
  const left = turn.confirmed ? (turn.end?.replyId ? requestId : null) : continues?.requestId;
  const more = { state, continues: broken ? (left ?? null) : null };
  return reply(replyKey(turn), { turn, problem, words, ...more });
}

function stateOf({ phase, end, confirmed, continues }: LocalTurn): Reply['state'] {
  if (phase !== 'ended') return 'running';
  // A continuation that did not begin leaves the reply what it was.
  if (!confirmed && continues) return 'interrupted';
  return end && end.state !== 'failed' ? end.state : 'lost';
}

const reply = (key: string, fields: Partial<Reply> & Pick<Reply, 'state'>): Reply => ({
  kind: 'reply',
  key,
  text: null,
  turn: null,
  problem: null,
  words: null,
  continues: null,
  ...fields,
});
