import type { Code, Construct } from 'micromark-util-types';

export const isLineEnd = (code: Code): boolean => code !== null && code < -2;

const isSpace = (code: Code): boolean => code === -2 || code === -1 || code === 32;

/** A character code as text: a tab or line ending is a space, the end of the text is empty. */
export const charOf = (code: Code): string =>
  code === null ? '' : code < 0 ? ' ' : String.fromCharCode(code);

/** A line ending followed by a line that is in the same containers and not blank. */
export const filledLineAfter: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const inPrefix = (code: Code): ReturnType<typeof ok> => {
      if (!isSpace(code)) {
        effects.exit('linePrefix');
        return filled(code);
      }
      effects.consume(code);
      return inPrefix;
    };
    const filled = (code: Code) => (code === null || isLineEnd(code) ? nok(code) : ok(code));
    const lineStart = (code: Code): ReturnType<typeof ok> => {
      if (this.parser.lazy[this.now().line]) return nok(code);
      if (!isSpace(code)) return filled(code);
      effects.enter('linePrefix');
      return inPrefix(code);
    };
    return (code) => {
      if (!isLineEnd(code)) return nok(code);
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return lineStart;
    };
  },
};
