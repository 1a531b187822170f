/** The weight of one render task: well under 100 ms on a slow machine. */
export const STEP_WEIGHT = 800;

/** The weight of the first render of a page: some 6,000 characters, of which a window shows a third. */
const PAGE_WEIGHT = 3_000;
/** Estimated weights: per text, per this many characters, and per formula mark. */
const EACH = 30;
const CHARACTERS = 2;
const MARK = 10;
const MARKS = /\$|\\[([]/g;

/** The first render's weight per text, in the given order. The last texts get it first. */
export function firstBudgets(texts: readonly string[]): readonly number[] {
  let left = PAGE_WEIGHT;
  return texts
    .toReversed()
    .map((text) => {
      const budget = Math.min(likelyWeight(text), left);
      left -= budget;
      return budget;
    })
    .toReversed();
}

const likelyWeight = (text: string): number =>
  EACH + text.length / CHARACTERS + MARK * (text.match(MARKS)?.length ?? 0);
