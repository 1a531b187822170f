import type { PageFailedTurn, PageMessage } from '@/lib/sessions/session-page';
import type { Problem } from './problem';
import type { LocalTurn } from './turn-book';

/**
 * What stands in a transcript, in order. Keys come from turns, so that a reply keeps its place on the screen, its
 * selection and its buttons when it turns from one being written into one that the page brought.
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

export function transcriptItems({
  messages,
  running,
  failed,
  turns,
  gone,
}: Shown): TranscriptItem[] {
  const roles = new Set(messages.map(({ turn, role }) => `${turn ?? ''} ${role}`));
  const has = (requestId: string, role: PageMessage['role']) => roles.has(`${requestId} ${role}`);
  const followed = new Set(turns.map(({ requestId }) => requestId));
  const items = afterTheirQuestions([
    ...storedItems(messages),
    ...running
      .filter((id) => !followed.has(id) && !has(id, 'assistant'))
      .map((id) => reply(id, { state: 'running' })),
    ...failed
      .filter(({ requestId }) => !followed.has(requestId) && !gone.has(requestId))
      .map(storedFailure),
    ...turns
      .filter(({ requestId }) => !has(requestId, 'assistant'))
      .flatMap((turn) => turnItems(turn, has(turn.requestId, 'user'))),
  ]);
  // Only the last word of a session can be asked again; before it that would be out of place.
  return items.map((item, at) =>
    item.kind === 'reply' && at < items.length - 1 ? { ...item, words: null } : item,
  );
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

function storedItems(messages: readonly PageMessage[]): TranscriptItem[] {
  let words: string | null = null;
  return messages.map(({ id, role, content, state, turn }) => {
    if (role === 'assistant') return reply(turn ?? id, { text: content, state, words });
    words = content;
    return { kind: 'user', key: `${turn ?? id} user`, text: content };
  });
}

const storedFailure = ({ requestId, text, code, message }: PageFailedTurn): TranscriptItem => ({
  kind: 'failed',
  key: `${requestId} failed`,
  requestId,
  turn: null,
  text,
  problem: { code, message, ref: requestId, retryAt: null },
});

function turnItems(turn: LocalTurn, asked: boolean): TranscriptItem[] {
  const { requestId, words, problem, end, phase } = turn;
  const failed = problem && (end?.state === 'failed' || !turn.confirmed);
  if (failed) {
    return [
      { kind: 'failed', key: `${requestId} failed`, requestId, turn, text: words ?? '', problem },
    ];
  }
  const user: TranscriptItem[] =
    asked || words === null ? [] : [{ kind: 'user', key: `${requestId} user`, text: words }];
  const ended = end && end.state !== 'failed' ? end.state : 'lost';
  const state = phase === 'ended' ? ended : 'running';
  return [...user, reply(requestId, { turn, state, problem, words })];
}

const reply = (id: string, fields: Partial<Reply> & Pick<Reply, 'state'>): Reply => ({
  kind: 'reply',
  key: `${id} reply`,
  text: null,
  turn: null,
  problem: null,
  words: null,
  ...fields,
});
