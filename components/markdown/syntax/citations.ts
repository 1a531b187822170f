/** Marks of sources that some models write for their own interface, in characters that mean nothing elsewhere. */
const CITATION = /\uE200[^\uE200\uE201\n]{0,400}\uE201/g;
const HALF = /\uE200[^\uE200\uE201\n]{0,400}$/;
const MARK = /[\uE200-\uE20F]/;
const MARKS = new RegExp(MARK, 'g');

export function withoutCitations(text: string): string {
  if (!MARK.test(text)) return text;
  return text.replace(CITATION, '').replace(HALF, '').replace(MARKS, '');
}
