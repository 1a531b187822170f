/** The length of the text, one less where it ends between the halves of a surrogate pair. */
export function wholeCharacters(text: string): number {
  return text.length > 1 && /[\uD800-\uDBFF]/.test(text.slice(-1)) ? text.length - 1 : text.length;
}
