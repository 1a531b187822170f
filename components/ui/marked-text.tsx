/** A text of the catalogue in which `**…**` is bold and `` `…` `` is code. */
export function MarkedText({ text }: { readonly text: string }) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((piece, index) => {
    if (piece.startsWith('**')) return <strong key={index}>{piece.slice(2, -2)}</strong>;
    if (piece.startsWith('`')) return <code key={index}>{piece.slice(1, -1)}</code>;
    return piece;
  });
}
