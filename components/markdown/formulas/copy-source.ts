import type { ClipboardEvent } from 'react';

const LINES = 'p, li, tr, h1, h2, h3, h4, h5, h6, summary, figure';

/** Copies formulas as their source. A selection without formulas is left to the browser. */
export function copyFormulaSource(event: ClipboardEvent): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return;
  const selected = document.createElement('div');
  selected.append(selection.getRangeAt(0).cloneContents());
  const formulas = selected.querySelectorAll('math');
  if (formulas.length === 0) return;
  event.clipboardData.setData('text/html', selected.innerHTML);
  for (const formula of formulas) formula.replaceWith(writtenOf(formula));
  for (const line of selected.querySelectorAll(LINES)) line.append('\n');
  event.clipboardData.setData('text/plain', selected.textContent.replace(/\n{3,}/g, '\n\n').trim());
  event.preventDefault();
}

function writtenOf(formula: Element): string {
  const tex = formula.querySelector('annotation')?.textContent ?? formula.textContent;
  return formula.getAttribute('display') === 'block' ? `$$${tex}$$` : `$${tex}$`;
}
