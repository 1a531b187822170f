import { texts } from '@/lib/texts/de/texts';
import { textsProvider } from './texts-provider';

export const German = textsProvider(
  texts,
  async () => (await import('@/lib/texts/de/later-texts')).laterTexts,
);
