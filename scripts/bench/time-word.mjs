/** Times as words, so that a reply of the bench is as long as prose and is indexed like it. */
const LETTERS = 8;
const UNITS = 26 ** LETTERS;
const UNIT_MS = 0.01;

const unitsNow = () => Math.floor((performance.timeOrigin + performance.now()) / UNIT_MS) % UNITS;

export function wordOfNow() {
  let word = '';
  for (let left = unitsNow(); word.length < LETTERS; left = Math.floor(left / 26))
    word = String.fromCharCode(97 + (left % 26)) + word;
  return `|${word}`;
}

/** The milliseconds since each word in a text was made; words that were joined are told apart by their bar. */
export function agesIn(text) {
  const now = unitsNow();
  return Array.from(text.matchAll(/\|([a-z]{8})/g), ([, word]) => {
    const made = [...word].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 97, 0);
    return ((now - made + UNITS) % UNITS) * UNIT_MS;
  });
}
