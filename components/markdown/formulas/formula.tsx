import { memo } from 'react';
import { lazyComponent } from '@/components/loading/lazy-component';
import { ServerMarkup } from './server-markup';
import { formulaIn } from '@/lib/markdown/formulas/delimiters';
import { FormulaSource } from './formula-source';

/** The typesetter is large, and loaded with the first formula. */
const Typeset = lazyComponent({
  load: async () => (await import('./typeset')).Typeset,
  Until: FormulaSource,
  Without: FormulaSource,
});

interface Props {
  /** Including its delimiters. */
  readonly source: string;
}

export const Formula = memo(function Formula({ source }: Props) {
  const formula = formulaIn(source);
  if (formula === null) return <FormulaSource source={source} />;
  const { display } = formula;
  return (
    <ServerMarkup of={source} className={display ? 'md-display' : 'md-inline'} focusable={display}>
      <Typeset source={source} />
    </ServerMarkup>
  );
});
