import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { formulaIn } from '@/lib/markdown/formulas/delimiters';
import { mathml } from '@/lib/markdown/formulas/mathml';
import { FormulaSource } from './formula-source';

/** A formula as MathML, or its source when it cannot be typeset. */
export function Typeset({ source }: { readonly source: string }) {
  const formula = formulaIn(source);
  const tree = formula && mathml(formula.tex, formula.display);
  if (!tree) return <FormulaSource source={source} />;
  return toJsxRuntime(tree, { Fragment, jsx, jsxs });
}
