import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { formulaIn } from '@/lib/markdown/formulas/delimiters';
import { mathml } from '@/lib/markdown/formulas/mathml';
import { Written } from './written';

/** A formula as MathML, or its source when it cannot be typeset. */
export function Typeset({ source }: { readonly source: string }) {
  const formula = formulaIn(source);
  const tree = formula && mathml(formula.tex, formula.display);
  if (!tree) return <Written source={source} />;
  return toJsxRuntime(tree, { Fragment, jsx, jsxs });
}
