/** The length of the text, minus one if it ends inside a surrogate pair. */
export function wholeCharacters(text: string): number {
  return text.length > 1 && /[\uD800-\uDBFF]/.test(text.slice(-1)) ? text.length - 1 : text.length;
}
