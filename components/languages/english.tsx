import { texts } from '@/lib/texts/en/texts';
import { textsProvider } from './texts-provider';

export const English = textsProvider(
  texts,
  async () => (await import('@/lib/texts/en/later-texts')).laterTexts,
);
