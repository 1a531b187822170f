import { type ComponentType, Suspense, lazy, memo } from 'react';
import { loadWithPatience } from '../load-with-patience';
import { formulaIn } from './delimiters';
import { Written } from './written';

interface Props {
  /** With the marks around it. */
  readonly source: string;
}

/** What sets formulas is large, and loaded with the first one. */
async function load(): Promise<{ default: ComponentType<Props> }> {
  const loaded = await loadWithPatience(
    () => import('./typeset'),
    (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  );
  return { default: loaded?.Typeset ?? Written };
}

const Typeset = lazy(load);

export const Formula = memo(function Formula({ source }: Props) {
  const written = <Written source={source} />;
  if (formulaIn(source) === null) return written;
  return (
    <Suspense fallback={written}>
      <Typeset source={source} />
    </Suspense>
  );
});
