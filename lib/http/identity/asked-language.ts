import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { translationOf, type Translation } from '@/lib/texts/translations';
import { chosenIn, languageOf } from '@/lib/texts/languages';

/** What the server says to who sends this request: in the chosen language, else in the browser's. */
export const translationFor = (request: Pick<Headers, 'get'>): Translation =>
  translationOf(languageOf(chosenIn(request.get('cookie') ?? ''), request.get('accept-language')));

/** The same for the page being rendered. */
export const pageTexts = cache(async (): Promise<Translation> => translationFor(await headers()));

/** The `generateMetadata` of a page whose title is always the same. */
export const titled = (titleIn: (translation: Translation) => string) => async () => {
  const translation = await pageTexts();
  return { title: translation.texts.shell.titled(titleIn(translation)) };
};
