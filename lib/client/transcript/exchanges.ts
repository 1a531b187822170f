import type { PageMessage } from '@/lib/page/session-page';
import type { ShownFailedTurn } from './failed-turns';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';

/** A question with what came of it: as the page has it, and as this tab follows it. */
export interface Exchange {
  /** The key of its reply, by the turn that asked. */
  readonly place: string;
  question: PageMessage | null;
  reply: PageMessage | null;
  /** What the reply answers; a message that a program appended may stand in an exchange of its own. */
  asked: string | null;
  /** The page says that its reply is being written. */
  running: boolean;
  failure: ShownFailedTurn | null;
  /** The turn that asked, and those that went on with its reply. */
  readonly turns: LocalTurn[];
}

/** What a transcript is made of. */
export interface TranscriptSource {
  readonly messages: readonly PageMessage[];
  readonly running: readonly string[];
  readonly failed: readonly ShownFailedTurn[];
  readonly turns: readonly LocalTurn[];
  /** Request ids of failed turns that were dismissed or sent again since the page was read. */
  readonly gone: ReadonlySet<string>;
}

/** In the order in which they are shown: where several replies are written at once, each stands where it will stay. */
export function exchangesOf({
  messages,
  running,
  failed,
  turns,
  gone,
}: TranscriptSource): Exchange[] {
  const { exchanges, at, written } = storedExchanges(messages);
  for (const id of running) at(written.get(id) ?? placeOf(id)).running = true;
  const retried = new Set(turns.map(({ retryOf }) => retryOf));
  for (const failure of failed) {
    const { requestId } = failure;
    if (!gone.has(requestId) && !retried.has(requestId)) at(placeOf(requestId)).failure = failure;
  }
  for (const turn of turns) {
    const place = written.get(turn.requestId) ?? turn.continues?.key ?? placeOf(turn.requestId);
    // What the page has has arrived, whatever this tab believes.
    const skipped = exchanges.has(place) ? isUnsent(turn) : turn.continues !== null;
    if (!skipped) at(place).turns.push(turn);
  }
  return [...exchanges.values()];
}

/** `written`: where the reply stands that a turn wrote last. `at`: the exchange at a place, a new one at the end. */
function storedExchanges(messages: readonly PageMessage[]) {
  const exchanges = new Map<string, Exchange>();
  const written = new Map<string, string>();
  const at = (place: string): Exchange => {
    const exchange = exchanges.get(place) ?? { place, ...NOTHING, turns: [] };
    exchanges.set(place, exchange);
    return exchange;
  };
  let question: PageMessage | null = null;
  for (const message of messages) {
    const { id, role, turn } = message;
    if (role === 'user') {
      question = message;
      at(placeOf(turn ?? id)).question = message;
      continue;
    }
    // A turn's reply stands after the words that it answers, whatever turn went on with it.
    const place = placeOf(turn === null ? id : (question?.turn ?? turn));
    const exchange = at(place);
    exchange.reply = message;
    exchange.asked = question?.content ?? null;
    if (turn !== null) written.set(turn, place);
  }
  return { exchanges, at, written };
}

const NOTHING = { question: null, reply: null, asked: null, running: false, failure: null };

const placeOf = (id: string): string => `${id} reply`;

/** Nobody is trying any more, and the server never said that it has it. */
const isUnsent = ({ phase, confirmed, continues }: LocalTurn): boolean =>
  phase === 'ended' && !confirmed && continues === null;

export const askerOf = ({ turns }: Exchange): LocalTurn | null =>
  turns.find(({ continues }) => continues === null) ?? null;
