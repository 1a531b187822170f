import { codePoints } from '@/lib/sessions/message-length';
import { rateText, waitText, type Rate } from '@/lib/client/net/rate';
import type { NearBudget } from '@/lib/page/session-page';
import type { Texts } from '@/lib/texts/texts';

/** The counter appears from this fraction of the maximum length. */
const COUNT_FROM = 0.9;

export interface ComposerState {
  readonly canSend: boolean;
  readonly tooLong: boolean;
  /** Null while the text is far below the limit. */
  readonly counter: string | null;
  readonly hint: string;
  /** True when the hint gives the reason for a block, present or imminent. */
  readonly urgent: boolean;
}

interface Composing {
  readonly text: string;
  /** The maximum message length, in code points. */
  readonly messageMax: number;
  readonly busy: boolean;
  readonly rate: Rate | null;
  /** A budget that is nearly used up; null: none. */
  readonly budget: NearBudget | null;
  readonly retryAt: number | null;
  /** Null before hydration. */
  readonly now: number | null;
  /** The user tried to send while a reply runs. */
  readonly triedToSend?: boolean;
  /** The user has sent before, and knows the keys. */
  readonly knowsKeys?: boolean;
}

/** What the composer allows and shows. */
export function composerState(texts: Texts, composing: Composing): ComposerState {
  const { text, messageMax, busy, retryAt, now } = composing;
  const countFrom = messageMax * COUNT_FROM;
  // A text never has more code points than UTF-16 units, so a short one need not be counted.
  const length = text.length < countFrom ? text.length : codePoints(text.trim());
  const tooLong = length > messageMax;
  const wait = retryAt !== null && now !== null && retryAt > now ? retryAt - now : 0;
  const urgent =
    urgentHint(texts, length - messageMax, wait, composing) ?? waitHint(texts, composing);
  return {
    canSend: text.trim() !== '' && !busy && !tooLong && wait === 0,
    tooLong,
    counter: length >= countFrom ? texts.composer.counter(length, messageMax) : null,
    hint: urgent ?? keysHint(texts, composing),
    urgent: urgent !== null,
  };
}

function budgetText(texts: Texts, budget: NearBudget | null): string | null {
  if (!budget) return null;
  const { used, limit, window, isShared } = budget;
  if (used >= limit) return texts.budgets.usedUp[window](isShared);
  return texts.budgets.nearly(used / limit, limit - used, budget);
}

const waitHint = (texts: Texts, { busy, triedToSend }: Composing): string | null =>
  busy && triedToSend ? texts.composer.wait : null;

const keysHint = (texts: Texts, { text, knowsKeys }: Composing): string =>
  text !== '' && !knowsKeys ? texts.composer.hint : '';

function urgentHint(
  texts: Texts,
  over: number,
  wait: number,
  { rate, budget, now }: Composing,
): string | null {
  if (over > 0) return texts.composer.tooMany(over);
  if (wait > 0) return texts.waits.tryAgainIn(waitText(texts, wait));
  return (now === null ? null : rateText(texts, rate, now)) ?? budgetText(texts, budget);
}
