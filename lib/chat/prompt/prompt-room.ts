import { JOINT } from './alternating';
import { truncateAtLine } from './truncate-at-line';

/** Limits of a prompt. */
export interface PromptLimits {
  /** How many earlier messages were read. */
  readonly messages: number;
  /** In UTF-16 units, over all messages. */
  readonly chars: number;
  /** Null when the model's context size is unknown. */
  readonly tokens: number | null;
}

/**
 * The upstream's tokenizer is unknown, so tokens are overestimated: three ASCII characters count as one token, and so
 * does each other UTF-16 unit. In practice a token is about four characters of English or three of code; a Chinese or
 * Japanese character is 0.6 to 1.5 tokens, a Cyrillic or Arabic one about half, an emoji two or three.
 */
const ASCII_PER_TOKEN = 3;
/** The overhead of a chat template per message. */
const MESSAGE_TOKENS = 8;

/** The remaining budget of a prompt: what still fits into the model's context window. */
export interface PromptRoom {
  /** Spends a message that is always sent. */
  spend(text: string): void;
  /** Spends these messages and returns true if all of them fit; otherwise spends nothing. */
  take(texts: readonly string[]): boolean;
  /** Returns the first whole lines that fit into half the budget, and spends them. */
  takeLines(text: string): string;
  /** Returns the end of the text that fits, but at least `least` UTF-16 units, and spends it. */
  takeEnd(text: string, least: number): string;
}

export function promptRoom({ chars, tokens }: PromptLimits): PromptRoom {
  let charsLeft = chars;
  /** In thirds of a token, to stay with whole numbers. */
  let thirdsLeft = tokens === null ? Infinity : tokens * ASCII_PER_TOKEN;

  const spend = (text: string) => {
    // Consecutive texts may be joined.
    charsLeft -= text.length + JOINT.length;
    if (thirdsLeft !== Infinity) thirdsLeft -= thirdsOf(text);
  };
  const spendAll = <T extends string>(text: T): T => {
    spend(text);
    return text;
  };

  return {
    spend,
    take(texts) {
      const before = { charsLeft, thirdsLeft };
      for (const text of texts) {
        spend(text);
        if (charsLeft >= 0 && thirdsLeft >= 0) continue;
        ({ charsLeft, thirdsLeft } = before);
        return false;
      }
      return true;
    },
    takeLines(text) {
      if (text.length <= charsLeft / 2 && thirdsOf(text) <= thirdsLeft / 2) return spendAll(text);
      const units = unitsThatFit(text, charsLeft / 2, thirdsLeft / 2, 1);
      return spendAll(truncateAtLine(text, units));
    },
    takeEnd(text, least) {
      const units = unitsThatFit(text, charsLeft, thirdsLeft, -1);
      return spendAll(endOf(text, Math.max(units, least)));
    },
  };
}

const isAscii = (unit: number) => unit < 128;

function thirdsOf(text: string): number {
  let thirds = MESSAGE_TOKENS * ASCII_PER_TOKEN;
  for (let at = 0; at < text.length; at += 1)
    thirds += isAscii(text.charCodeAt(at)) ? 1 : ASCII_PER_TOKEN;
  return thirds;
}

/** How many UTF-16 units fit, from the start (`step` 1) or from the end (-1). */
function unitsThatFit(text: string, chars: number, thirds: number, step: 1 | -1): number {
  let left = thirds - MESSAGE_TOKENS * ASCII_PER_TOKEN;
  const most = Math.min(text.length, Math.max(0, Math.floor(chars)));
  for (let units = 0; units < most; units += 1) {
    const at = step === 1 ? units : text.length - 1 - units;
    left -= isAscii(text.charCodeAt(at)) ? 1 : ASCII_PER_TOKEN;
    if (left < 0) return units;
  }
  return most;
}

/** The last `units` UTF-16 units, without splitting a surrogate pair. */
function endOf(text: string, units: number): string {
  const from = Math.max(0, text.length - units);
  const splitsPair = from > 0 && /[\uDC00-\uDFFF]/.test(text.charAt(from));
  return text.slice(splitsPair ? from + 1 : from);
}
