/** Citation marks that some models write for their own interface, in private-use characters. */
const CITATION = /\uE200[^\uE200\uE201\n]{0,400}\uE201/g;
const HALF = /\uE200[^\uE200\uE201\n]{0,400}$/;
const MARK = /[\uE200-\uE20F]/;
/** Others write the places of files that only their interface has: `【4:0†source】`. */
const FILE = /【\d+(?::\d+)?†[^【】\n]{0,200}】/g;
const MARKS = new RegExp(MARK, 'g');

export function withoutCitations(text: string): string {
  const shown = text.includes('†') ? text.replace(FILE, '') : text;
  if (!MARK.test(shown)) return shown;
  return shown.replace(CITATION, '').replace(HALF, '').replace(MARKS, '');
}
