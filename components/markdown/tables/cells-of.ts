/** The text of each cell. Formulas are as they are written, without what MathML says about them twice. */
export const cellsOf = (table: HTMLTableElement): string[][] =>
  [...table.rows].map((row) => [...row.cells].map(textOf));

function textOf(cell: HTMLTableCellElement): string {
  const copy = cell.cloneNode(true) as HTMLTableCellElement;
  for (const formula of copy.querySelectorAll('math'))
    formula.replaceWith(formula.querySelector('annotation')?.textContent ?? formula.textContent);
  for (const end of copy.querySelectorAll('br')) end.replaceWith('\n');
  for (const item of copy.querySelectorAll('li + li')) item.prepend('\n');
  return copy.textContent.trim();
}
