import type { ReactNode } from 'react';
import { loadWithRetries } from '@/components/loading/load-with-retries';
import type { LaterTexts, Texts } from '@/lib/texts/texts';
import { TextsContext } from '@/lib/texts/use-texts';

/** A component that gives all below it the texts of one language. `loadLater` is called when they are needed. */
export function textsProvider(texts: Texts, loadLater: () => Promise<LaterTexts>) {
  let later: Promise<LaterTexts | null> | null = null;
  const loaded = () => (later ??= loadWithRetries(loadLater));
  const retryable = async () => {
    const found = await loaded();
    if (!found) later = null;
    return found;
  };
  const value = { texts, later: loaded, load: retryable };
  return ({ children }: { readonly children: ReactNode }) => (
    <TextsContext value={value}>{children}</TextsContext>
  );
}
