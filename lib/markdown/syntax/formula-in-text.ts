import type { Code, Construct, Effects, State } from 'micromark-util-types';
import { charOf, isLineEnd } from '@/lib/markdown/text/lines-of-flow';
import { MAX_INLINE, type Opener, isFormula } from '@/lib/markdown/formulas/delimiters';
import { BACKSLASH, CODE } from './formula-tokens';

/**
 * An inline formula. It ends at the next delimiter of its kind, or is none if that cannot close it: so each character
 * is read once, however many delimiters there are.
 */
export const textFormula: Construct = {
  name: 'formula',
  tokenize(effects, ok, nok) {
    const before = charOf(this.previous);
    const whole = (opener: Opener) =>
      readFormula({ effects, nok, opener }, (tex) => (code) => {
        if (!isFormula({ opener, tex, before, after: charOf(code) })) return nok(code);
        effects.exit('formulaData');
        effects.exit('formula');
        return ok(code);
      });
    return (code) => {
      if (code === CODE.dollar && before === '$') return nok(code);
      effects.enter('formula');
      effects.enter('formulaData');
      effects.consume(code);
      return code === CODE.dollar ? afterDollar : afterBackslash;
    };
    function afterDollar(code: Code): State | undefined {
      if (code !== CODE.dollar) return whole('$')(code);
      effects.consume(code);
      return (next) => (next === CODE.dollar ? nok(next) : whole('$$')(next));
    }
    function afterBackslash(code: Code): State | undefined {
      if (code !== CODE.round && code !== CODE.square) return nok(code);
      effects.consume(code);
      return whole(code === CODE.round ? '\\(' : '\\[');
    }
  },
};

interface Reading {
  readonly effects: Effects;
  readonly nok: State;
  readonly opener: Opener;
}

/** The text after the opener, up to and including the closer. */
function readFormula(reading: Reading, close: (tex: string) => State): State {
  const { effects, nok, opener } = reading;
  const ends = END_CODES[opener];
  let tex = '';
  const inside: State = (code) => {
    if (code === null || tex.length > MAX_INLINE) return nok(code);
    if (isLineEnd(code)) return opener === '$' ? nok(code) : lineEnd(code);
    if (code === CODE.tick && opener === '$') return nok(code);
    effects.consume(code);
    if (code === BACKSLASH) return escaped;
    if (code !== CODE.dollar || ends !== null) {
      tex += charOf(code);
      return inside;
    }
    return opener === '$' ? close(tex) : halfClosed;
  };
  const lineEnd: State = (code) => {
    tex += ' ';
    effects.exit('formulaData');
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    return (next) => {
      if (next === null) return nok(next);
      effects.enter('formulaData');
      return inside(next);
    };
  };
  const escaped: State = (code) => {
    if (ends !== null && (code === CODE.round || code === CODE.square)) return nok(code);
    if (code !== null && !isLineEnd(code)) effects.consume(code);
    if (ends !== null && code === ends) return close(tex);
    tex += `\\${charOf(code)}`;
    return code === null || isLineEnd(code) ? inside(code) : inside;
  };
  const halfClosed: State = (code) => {
    if (code !== CODE.dollar) {
      tex += '$';
      return inside(code);
    }
    effects.consume(code);
    return (next) => (next === CODE.dollar ? nok(next) : close(tex)(next));
  };
  return inside;
}

/** The code after the backslash of a closer; null: dollars close the formula. */
const END_CODES: Readonly<Record<Opener, number | null>> = {
  $: null,
  $$: null,
  '\\(': CODE.roundEnd,
  '\\[': CODE.squareEnd,
};
