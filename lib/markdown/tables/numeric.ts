/** Longer text is no number. In UTF-16 units. */
const LONGEST = 24;
const UNIT = String.raw`(?:[\p{Sc}%‰°µ]|[A-Za-z]){0,4}`;
const NUMERIC = new RegExp(
  String.raw`^[-+−±~≈<>≤≥]?\s?${UNIT}\s?[-+−]?\d[\d.,'’\s]*(?:[/–-]\s?\d[\d.,]*)?\s?${UNIT}$`,
  'u',
);

/** A number with sign and unit that a line break could split, such as `−1 200,50 €`. */
export const isSplitNumber = (text: string): boolean =>
  text.length <= LONGEST && /[\s/–-]/.test(text) && NUMERIC.test(text.trim());
