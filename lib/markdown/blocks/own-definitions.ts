/** What a block's own definitions may add up to, counted with each mention: so many times its length. */
const MOST_REPEATED = 4;
const REPEATED_ANYWAY = 8_000;

/** A definition may stand in any container, and each mention in the block repeats its address. */
export function repeatsTooMuch(text: string): boolean {
  if (!text.includes(']:')) return false;
  const mentions = text.split(']').length - 1;
  return longestAddress(text) * mentions > REPEATED_ANYWAY + MOST_REPEATED * text.length;
}

/** At least the length of the longest word, or of the words in angle brackets, that follows a colon after brackets. */
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
