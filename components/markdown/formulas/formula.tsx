import { memo } from 'react';
import { drawnLater } from '../drawn-later';
import { formulaIn } from './delimiters';
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
