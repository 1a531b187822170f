import { codePoints, MESSAGE_MAX } from '@/lib/sessions/message-length';
import { rateWords, waitWords, type Rate } from './rate';

/** From here on the count is shown. */
const COUNT_FROM = 3600;

export interface ComposerState {
  readonly canSend: boolean;
  readonly tooLong: boolean;
  /** Null while there is plenty of room. */
  readonly counter: string | null;
  readonly hint: string;
  /** The hint says why something does not work, or soon will not. */
  readonly urgent: boolean;
}

interface Composing {
  readonly text: string;
  readonly busy: boolean;
  readonly rate: Rate | null;
  readonly retryAt: number | null;
  /** Null before the browser has drawn. */
  readonly now: number | null;
}

/** What the composer allows and says. */
export function composerState({ text, busy, rate, retryAt, now }: Composing): ComposerState {
  // Code points are at most as many as UTF-16 units, so a short text need not be counted.
  const length = text.length < COUNT_FROM ? text.length : codePoints(text.trim());
  const tooLong = length > MESSAGE_MAX;
  const wait = retryAt !== null && now !== null && retryAt > now ? retryAt - now : 0;
  const urgent = urgentHint(length, wait, now === null ? null : rateWords(rate, now));
  return {
    canSend: text.trim() !== '' && !busy && !tooLong && wait === 0,
    tooLong,
    counter: length >= COUNT_FROM ? `${grouped(length)} / ${grouped(MESSAGE_MAX)}` : null,
    hint: urgent ?? 'Enter sends, Shift + Enter starts a new line',
    urgent: urgent !== null,
  };
}

function urgentHint(length: number, wait: number, rateHint: string | null): string | null {
  if (length > MESSAGE_MAX) return `${grouped(length - MESSAGE_MAX)} characters too many to send`;
  if (wait > 0) return `Try again in ${waitWords(wait)}`;
  return rateHint;
}

/** Not `toLocaleString`: the server and the browser must write the same. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
