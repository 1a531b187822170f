import { texts } from '@/lib/texts/en/texts';
import { bracketed } from '@/lib/texts/parts/bracketed';
import { textsProvider } from './texts-provider';

/** For developers and tests: see `PSEUDO`. */
export const Pseudo = textsProvider(bracketed(texts), async () =>
  bracketed((await import('@/lib/texts/en/later-texts')).laterTexts),
);
