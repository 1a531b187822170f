import { createContext, use } from 'react';
import type { LaterTexts, Texts } from './texts';

/** The texts of a page's language. */
interface ContextTexts {
  readonly texts: Texts;
  /** The same promise each time. Null: they could not be loaded. */
  readonly later: () => Promise<LaterTexts | null>;
  /** The same, but after a failure the next call tries again. */
  readonly load: () => Promise<LaterTexts | null>;
}

export const TextsContext = createContext<ContextTexts | null>(null);

function useContextTexts(): ContextTexts {
  const texts = use(TextsContext);
  if (!texts) throw new Error('No language around this component');
  return texts;
}

export const useTexts = (): Texts => useContextTexts().texts;

/** Loads them. Resolves to null where they cannot be loaded: after a deployment an old page requests old files. */
export const useLoadTexts = () => useContextTexts().load;

/** Suspends until they are loaded: only for what is itself loaded later, or is part of a page that loads them. */
export function useLaterTexts(): LaterTexts {
  const later = use(useContextTexts().later());
  if (!later) throw new Error('The texts of this language could not be loaded');
  return later;
}
