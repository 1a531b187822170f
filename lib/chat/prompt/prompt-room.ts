import { JOINT } from './alternating';
import { trimToLine } from './trim-to-line';

/** How much a prompt may hold. */
export interface PromptLimits {
  /** The number of earlier messages that were read for it. */
  readonly messages: number;
  /** In UTF-16 units, over all its messages. */
  readonly chars: number;
  /** As far as the model's context is known; null: not. */
  readonly tokens: number | null;
}

/**
 * No tokenizer is known for any server's model, so tokens are estimated, rather too many than too few: three ASCII
 * characters are one, and so is each other UTF-16 unit. English has some four characters in a token, code three; a
 * Chinese or Japanese character is 0.6 to 1.5 tokens, one of Cyrillic or Arabic about a half, an emoji two or three.
 */
const ASCII_PER_TOKEN = 3;
/** What a chat template puts around a message. */
const MESSAGE_TOKENS = 8;

/** What is left of the limits. */
export interface PromptRoom {
  /** Counts a message that always goes. */
  spend(text: string): void;
  /** Counts these messages if there is room for all of them. */
  take(texts: readonly string[]): boolean;
  /** As many whole lines of it as half the room holds; counts them. */
  takeLines(text: string): string;
  /** Its end, as much as there is room for and at least `least`; counts it. */
  takeEnd(text: string, least: number): string;
}

export function promptRoom({ chars, tokens }: PromptLimits): PromptRoom {
  let charsLeft = chars;
  /** Counted in thirds of a token, which are whole numbers. */
  let thirdsLeft = tokens === null ? Infinity : tokens * ASCII_PER_TOKEN;

  const spend = (text: string) => {
    // Any text may be joined to the one before it.
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
      return spendAll(trimToLine(text, units));
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

/** How many units fit, counted from the start (`step` 1) or from the end (-1). */
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

/** The last units of a text, not beginning inside a character. */
function endOf(text: string, units: number): string {
  const from = Math.max(0, text.length - units);
  const splitsPair = from > 0 && /[\uDC00-\uDFFF]/.test(text.charAt(from));
  return text.slice(splitsPair ? from + 1 : from);
}
