/** The weight of one render task: well under 100 ms on a slow machine. */
export const STEP_WEIGHT = 800;

/** The weight of a page from the server: some 6,000 characters, of which a window shows a third. */
export const PAGE_WEIGHT = 2_400;
/** The weight of the first render of a transcript that is opened within the page: what a high window shows. */
export const WINDOW_WEIGHT = 1_200;
/** Estimated weights, seldom too low: per text, line with text, this many characters, and mark of a formula or note. */
const EACH = 30;
const LINE = 15;
const CHARACTERS = 6;
const MARK = 10;
const LINES = /\n.*\S/g;
const MARKS = /\$|\\[([]|\[\^/g;

/** The first render's weight per text, in the given order, `weight` in all. The last texts get it first. */
export function firstBudgets(texts: readonly string[], weight: number): readonly number[] {
  let left = weight;
  return texts
    .toReversed()
    .map((text) => {
      const budget = left > 0 ? Math.min(likelyWeight(text), left) : 0;
      left -= budget;
      return budget;
    })
    .toReversed();
}

const likelyWeight = (text: string): number =>
  EACH + LINE * (1 + countOf(LINES, text)) + text.length / CHARACTERS + MARK * countOf(MARKS, text);

const countOf = (wanted: RegExp, text: string): number => text.match(wanted)?.length ?? 0;
