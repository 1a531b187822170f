import type { ReactNode } from 'react';
import { laterTexts } from '@/lib/texts/en/later-texts';
import { texts } from '@/lib/texts/en/texts';
import { TextsContext } from '@/lib/texts/use-texts';

// React reads a promise that is marked like this at once, without suspending.
const later = Object.assign(Promise.resolve(laterTexts), {
  status: 'fulfilled',
  value: laterTexts,
});
const context = { texts, later: () => later, load: () => later };

/** In English, for tests that draw a part of a page. */
export const inEnglish = (children: ReactNode) => (
  <TextsContext value={context}>{children}</TextsContext>
);
