import { memo } from 'react';
import { drawnLater } from '@/components/ui/drawn-later';
import { ServerMarkup } from './server-markup';
import { formulaIn } from '@/lib/markdown/formulas/delimiters';
import { Written } from './written';

/** The typesetter is large, and loaded with the first formula. */
const Typeset = drawnLater({
  load: async () => (await import('./typeset')).Typeset,
  Until: Written,
  Without: Written,
});

interface Props {
  /** Including its delimiters. */
  readonly source: string;
}

export const Formula = memo(function Formula({ source }: Props) {
  const formula = formulaIn(source);
  if (formula === null) return <Written source={source} />;
  const { display } = formula;
  return (
    <ServerMarkup of={source} className={display ? 'md-display' : 'md-inline'} focusable={display}>
      <Typeset source={source} />
    </ServerMarkup>
  );
});
