import { memo } from 'react';
import { drawnLater } from '@/components/ui/drawn-later';
import { formulaIn } from '@/lib/markdown/formulas/delimiters';
import { Written } from './written';

/** What sets formulas is large, and loaded with the first one. */
const Typeset = drawnLater({
  load: async () => (await import('./typeset')).Typeset,
  Until: Written,
  Without: Written,
});

interface Props {
  /** With the marks around it. */
  readonly source: string;
}

export const Formula = memo(function Formula({ source }: Props) {
  return formulaIn(source) === null ? <Written source={source} /> : <Typeset source={source} />;
});
