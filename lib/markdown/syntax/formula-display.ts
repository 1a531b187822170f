import type { Code, Construct, State } from 'micromark-util-types';
import { charOf, filledLineAfter, isLineEnd } from '@/lib/markdown/text/lines-of-flow';
import { closerIn, displayAt, displayMarks } from '@/lib/markdown/formulas/delimiters';
import { BACKSLASH, CODE } from './formula-tokens';

/** A display formula. It ends with its closer, or at the latest at a blank line. */
export const displayFormula: Construct = {
  name: 'displayFormula',
  concrete: true,
  tokenize(effects, ok, nok) {
    let line = '';
    let closer: string | null = null;
    const done = (code: Code) => {
      effects.exit('displayFormula');
      return ok(code);
    };
    const lineEnd = (code: Code): State | undefined => {
      effects.exit('formulaData');
      if (closer === null) {
        const kind = displayAt(line);
        if (kind === null) return nok(code);
        if (kind === 'whole' || this.interrupt) return done(code);
        closer = displayMarks(line)?.closer ?? '$$';
      } else if (closerIn(line, closer) >= 0) return done(code);
      return effects.check(filledLineAfter, nextLine, done)(code);
    };
    const nextLine = (code: Code): State => {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      line = '';
      return (first) => {
        effects.enter('formulaData');
        return inLine(first);
      };
    };
    const inLine = (code: Code): State | undefined => {
      if (code === null || isLineEnd(code)) return lineEnd(code);
      line += charOf(code);
      effects.consume(code);
      return inLine;
    };
    return (code) => {
      effects.enter('displayFormula');
      effects.enter('formulaData');
      line = charOf(code);
      effects.consume(code);
      const seconds = code === BACKSLASH ? [CODE.square, CODE.begin] : [CODE.dollar];
      return (next) => (seconds.includes(next ?? 0) ? inLine(next) : nok(next));
    };
  },
};
