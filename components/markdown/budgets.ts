/** What one task of the browser draws, about: well under a tenth of a second on a slow machine. */
export const STEP_WEIGHT = 1_500;

/** What is drawn of all texts when a page is first shown, and of one of them. */
const PAGE_WEIGHT = 4_500;
const TEXT_WEIGHT = 1_500;
/** What a text probably weighs: each by itself, and with so many characters. */
const EACH = 30;
const CHARACTERS = 2;

/** What may be drawn of each text at first, in the order given: the last ones are read first. */
export function firstBudgets(texts: readonly string[]): readonly number[] {
  let left = PAGE_WEIGHT;
  return texts
    .toReversed()
    .map((text) => {
      const budget = Math.min(EACH + text.length / CHARACTERS, TEXT_WEIGHT, left);
      left -= budget;
      return budget;
    })
    .toReversed();
}
