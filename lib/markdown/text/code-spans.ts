/** Where each code span ends, by the start of its backticks: after the next run of the same length. */
export function codeSpanEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const before = new Map<number, number>();
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at)) {
    const start = at;
    at = endOfRun(text, start);
    const opener = before.get(at - start);
    if (opener !== undefined) ends.set(opener, at);
    before.set(at - start, start);
  }
  return ends;
}

export function endOfRun(text: string, start: number): number {
  let end = start + 1;
  while (text[end] === '`') end += 1;
  return end;
}
