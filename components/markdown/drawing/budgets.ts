/** What one task of the browser draws, about: well under a tenth of a second on a slow machine. */
export const STEP_WEIGHT = 800;

/** What is drawn of all texts when a page is first shown, and of one of them. */
const PAGE_WEIGHT = 4_500;
const TEXT_WEIGHT = 3_000;
/** What a text probably weighs: each by itself, with so many characters, and with each mark of a formula. */
const EACH = 30;
const CHARACTERS = 2;
const MARK = 10;
const MARKS = /\$|\\[([]/g;

/** What may be drawn of each text at first, in the order given: the last ones are read first. */
export function firstBudgets(texts: readonly string[]): readonly number[] {
  let left = PAGE_WEIGHT;
  return texts
    .toReversed()
    .map((text) => {
      const budget = Math.min(likelyWeight(text), TEXT_WEIGHT, left);
      left -= budget;
      return budget;
    })
    .toReversed();
}

const likelyWeight = (text: string): number =>
  EACH + text.length / CHARACTERS + MARK * (text.match(MARKS)?.length ?? 0);
