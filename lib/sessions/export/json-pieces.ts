/**
 * The output of `JSON.stringify({...head, [key]: items}, null, indent)` in pieces, so that the whole is never in
 * memory.
 */
export async function* jsonPieces<Item>(
  head: object,
  key: string,
  pages: AsyncIterable<readonly Item[]>,
  present: (item: Item) => object,
  indent = 0,
): AsyncGenerator<string> {
  const frame = JSON.stringify({ ...head, [key]: [] }, null, indent);
  const inside = frame.lastIndexOf('[]') + 1;
  const lineOf = (depth: number) => (indent === 0 ? '' : `\n${' '.repeat(indent * depth)}`);
  const line = lineOf(2);
  let before = frame.slice(0, inside);
  let isEmpty = true;
  for await (const page of pages) {
    let text = '';
    for (const item of page) {
      text += before + line + JSON.stringify(present(item), null, indent).replaceAll('\n', line);
      before = ',';
      isEmpty = false;
    }
    if (text) yield text;
  }
  yield (isEmpty ? before : lineOf(1)) + frame.slice(inside);
}
