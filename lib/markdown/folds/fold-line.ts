import type { Code, Construct, State } from 'micromark-util-types';
import { isFoldLine } from './folds-in-line';
import { charOf, isLineEnd } from '@/lib/markdown/text/lines-of-flow';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    foldLine: 'foldLine';
    foldLineData: 'foldLineData';
  }
}

/** Unlike an HTML block it is one line, and what follows is Markdown. */
export const foldLine: Construct = {
  name: 'foldLine',
  tokenize(effects, ok, nok) {
    let line = '';
    const inLine = (code: Code): State | undefined => {
      if (code !== null && !isLineEnd(code)) {
        line += charOf(code);
        effects.consume(code);
        return inLine;
      }
      if (!isFoldLine(line)) return nok(code);
      effects.exit('foldLineData');
      effects.exit('foldLine');
      return ok(code);
    };
    return (code) => {
      effects.enter('foldLine');
      effects.enter('foldLineData');
      return inLine(code);
    };
  },
};
