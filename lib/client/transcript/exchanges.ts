import type { PageMessage } from '@/lib/page/session-page';
import type { ShownFailedTurn } from './failed-turns';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';

/** A question and its outcome, from the page and from this tab's turns. */
export interface Exchange {
  /** The key of the reply, by the turn that asked. */
  readonly key: string;
  question: PageMessage | null;
  reply: PageMessage | null;
  /** The question's text; null for a reply that has none, such as an appended message. */
  questionText: string | null;
  /** According to the page, the reply is being written. */
  running: boolean;
  failure: ShownFailedTurn | null;
  /** The turn that asked, and its continuations. */
  readonly turns: LocalTurn[];
}

/** The input of a transcript. */
export interface TranscriptSource {
  readonly messages: readonly PageMessage[];
  readonly running: readonly string[];
  readonly failed: readonly ShownFailedTurn[];
  readonly turns: readonly LocalTurn[];
  /** Request ids of failed turns that were dismissed or retried since the page was read. */
  readonly dismissed: ReadonlySet<string>;
}

/** Exchanges in display order. Replies written concurrently each stay with their question. */
export function shownExchanges({
  messages,
  running,
  failed,
  turns,
  dismissed,
}: TranscriptSource): Exchange[] {
  const { exchanges, at, keyByTurn, keyByMessage } = storedExchanges(messages);
  // An older page may still report a turn as running that was dismissed or sent again here.
  const runs = running.filter((each) => !dismissed.has(each));
  const keys = new Map([...otherReplies(runs, keyByTurn, exchanges), ...keyByTurn]);
  for (const id of runs) at(keys.get(id) ?? keyOf(id)).running = true;
  const retried = new Set(turns.map(({ retryOf }) => retryOf));
  for (const failure of failed) {
    const { requestId } = failure;
    if (!dismissed.has(requestId) && !retried.has(requestId))
      at(keyOf(requestId)).failure = failure;
  }
  for (const turn of turns) {
    const key = keys.get(turn.requestId) ?? turn.continues?.key ?? keyOfTurn(turn, keyByMessage);
    // Messages that the page has did arrive, even if this tab got no answer.
    const skipped = exchanges.has(key) ? isUnsent(turn) : turn.continues !== null;
    if (!skipped) at(key).turns.push(turn);
  }
  return [...exchanges.values()];
}

/**
 * `keyByTurn`: the key of the reply that a turn wrote last. `keyByMessage`: the key of the reply to a user message. `at`: the
 * exchange with a key, created at the end if missing.
 */
function storedExchanges(messages: readonly PageMessage[]) {
  const exchanges = new Map<string, Exchange>();
  const keyByTurn = new Map<string, string>();
  const keyByMessage = new Map<string | null, string>();
  const at = (key: string): Exchange => {
    const exchange = exchanges.get(key) ?? { key, ...NOTHING, turns: [] };
    exchanges.set(key, exchange);
    return exchange;
  };
  let question: PageMessage | null = null;
  for (const message of messages) {
    const { id, role, turn } = message;
    if (role === 'user') {
      question = message;
      keyByMessage.set(id, keyOf(turn ?? id));
      at(keyOf(turn ?? id)).question = message;
      continue;
    }
    // A reply belongs to the question it answers, even if another turn continued it.
    const key = keyOf(turn === null ? id : (question?.turn ?? turn));
    const exchange = at(key);
    exchange.reply = message;
    exchange.questionText = question?.content ?? null;
    if (turn !== null) keyByTurn.set(turn, key);
  }
  return { exchanges, at, keyByTurn, keyByMessage };
}

/**
 * The keys of running turns that brought no message: each writes another reply to a message of the branch that has none
 * there.
 */
function otherReplies(
  running: readonly string[],
  keyByTurn: ReadonlyMap<string, string>,
  exchanges: ReadonlyMap<string, Exchange>,
): ReadonlyMap<string, string> {
  const own = new Set(running.map(keyOf));
  const waiting = [...exchanges.values()].filter(
    ({ key, question, reply }) => question && !reply && !own.has(key),
  );
  const others = running.filter((id) => !keyByTurn.has(id) && !exchanges.has(keyOf(id)));
  const keys = waiting.slice(-Math.max(1, others.length)).map(({ key }) => key);
  return new Map(others.flatMap((id, at) => (keys[at] ? [[id, keys[at]] as const] : [])));
}

/** Another reply belongs to the message that it answers. */
function keyOfTurn(
  { place, requestId }: LocalTurn,
  keyByMessage: ReadonlyMap<string | null, string>,
): string {
  const other = place?.regenerates ? keyByMessage.get(place.after) : undefined;
  return other ?? keyOf(requestId);
}

const NOTHING = { question: null, reply: null, questionText: null, running: false, failure: null };

const keyOf = (id: string): string => `${id} reply`;

/** Gave up, and the server never confirmed it. */
const isUnsent = ({ phase, confirmed, continues }: LocalTurn): boolean =>
  phase === 'ended' && !confirmed && continues === null;

export const firstTurnOf = ({ turns }: Exchange): LocalTurn | null =>
  turns.find(({ continues, place }) => continues === null && !place?.regenerates) ?? null;
