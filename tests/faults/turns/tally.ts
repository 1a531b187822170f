import type { StoredMessage } from '../../programs/api-client';
import { isWhole, wholeReply, type NumberedWords } from './numbered-words';
import type { Sent } from './chat-clients';

/** A killed process may lose at most this much unflushed text of a reply. */
const LOST_MS = 500;

export interface Tally {
  sends: number;
  interrupted: number;
  /** The longest time before a kill from which text was lost. */
  goneMs: number;
  /** The same less what the machine took from the process meanwhile. */
  ownMs: number;
  readonly lost: string[];
  readonly doubled: string[];
  readonly blank: string[];
}

export const emptyTally = (): Tally => ({
  sends: 0,
  interrupted: 0,
  goneMs: 0,
  ownMs: 0,
  lost: [],
  doubled: [],
  blank: [],
});

export const told = ({ sends, interrupted, goneMs, ownMs, lost, doubled, blank }: Tally): string =>
  `${String(sends)} sends, ${String(interrupted)} interrupted, at most the last ${goneMs.toFixed(0)} ms of a reply gone, ` +
  `${ownMs.toFixed(0)} ms on a free machine; ` +
  `lost ${String(lost.length)}, doubled ${String(doubled.length)}, blank ${String(blank.length)}`;

type Stored = ReadonlyMap<string, StoredMessage[]>;

/** Each message is stored once; an unacknowledged one may be missing. */
export function judgeWords(tally: Tally, sends: Sent[], stored: Stored): void {
  for (const { question, sessionId, acknowledged } of sends) {
    const messages = stored.get(sessionId) ?? [];
    const times = messages.filter(({ content }) => content === question).length;
    if (times > 1) tally.doubled.push(`${question} stands there ${String(times)} times`);
    if (times === 0 && acknowledged) tally.lost.push(question);
  }
}

/** Each send was generated at most once. */
export function judgePayments(tally: Tally, sends: Sent[], words: NumberedWords): void {
  for (const [question, ofIt] of Map.groupBy(sends, (sent) => sent.question)) {
    const { generations } = words.said(question);
    if (generations > ofIt.length)
      tally.doubled.push(`${question} was paid for ${String(generations)} times`);
  }
}

interface Kill {
  readonly words: NumberedWords;
  readonly killedAt: number;
  /** How long the machine kept the process waiting since then: text may be written so much later. */
  readonly starvedMs: (since: number) => number;
}

/** Checks what is left of the replies right after the restart. */
export function judgeReplies(tally: Tally, sends: Sent[], stored: Stored, kill: Kill): void {
  tally.sends += sends.length;
  for (const [question, ofIt] of Map.groupBy(sends, (sent) => sent.question)) {
    const reply = replyTo(question, ofIt[0]?.sessionId ?? '', stored);
    const text = reply?.content ?? '';
    if (reply) judgeReply(tally, question, reply);
    const wasWhole = ofIt.some(({ complete }) => complete);
    if (wasWhole && text !== wholeReply(question)) tally.lost.push(`the end of ${question}`);
    judgeLoss(tally, question, timeGone(kill, question, text.length), kill);
  }
}

function judgeLoss(tally: Tally, question: string, goneMs: number, kill: Kill): void {
  const ownMs = goneMs - kill.starvedMs(kill.killedAt - goneMs);
  tally.goneMs = Math.max(tally.goneMs, goneMs);
  tally.ownMs = Math.max(tally.ownMs, ownMs);
  if (ownMs > LOST_MS) tally.lost.push(`${goneMs.toFixed(0)} ms of ${question}`);
}

function replyTo(question: string, sessionId: string, stored: Stored): StoredMessage | null {
  const messages = stored.get(sessionId) ?? [];
  const questionAt = messages.findIndex(({ content }) => content === question);
  const next = questionAt < 0 ? undefined : messages[questionAt + 1];
  return next?.role === 'assistant' ? next : null;
}

function judgeReply(tally: Tally, question: string, reply: StoredMessage): void {
  const { content, state } = reply;
  const whole = wholeReply(question);
  if (state === 'interrupted') tally.interrupted += 1;
  if (content.trim() === '') tally.blank.push(question);
  if (!whole.startsWith(content)) tally.doubled.push(`${question} is answered by "${content}"`);
  if (!isWhole(question, reply)) tally.lost.push(`thoughts or sources of ${question}`);
  if (state === undefined && content !== whole) tally.lost.push(`the rest of ${question}`);
}

/** The time from the first lost text to the kill. Text after a stop does not count. */
function timeGone({ words, killedAt }: Kill, question: string, length: number): number {
  const said = words.said(question);
  if (said.leftAt < killedAt) return 0;
  const gone = said.lengths.find((reached) => reached.length > length);
  return gone ? Math.max(0, killedAt - gone.at) : 0;
}
