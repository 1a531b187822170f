/** The total that a block's own definitions may expand to, as a multiple of its length. */
const MOST_REPEATED = 4;
const REPEATED_ANYWAY = 8_000;

/** Definitions may be in any container, and each reference in the block repeats the URL. */
export function repeatsTooMuch(text: string): boolean {
  if (!text.includes(']:')) return false;
  const mentions = text.split(']').length - 1;
  return longestAddress(text) * mentions > REPEATED_ANYWAY + MOST_REPEATED * text.length;
}

/** At least the length of the longest word, or bracketed URL, after a label and a colon. */
function longestAddress(text: string): number {
  let longest = 0;
  let follows = false;
  let inAngles = 0;
  for (const [word] of text.matchAll(/\S+/g)) {
    if (inAngles > 0 || (follows && word.startsWith('<'))) {
      inAngles += word.length + 1;
      longest = Math.max(longest, inAngles);
      if (word.includes('>')) inAngles = 0;
    }
    if (follows || word.includes(']:')) longest = Math.max(longest, word.length);
    follows = word.endsWith(']:');
  }
  return longest;
}
