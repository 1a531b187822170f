import 'server-only';
import { allFailures as germanFailures } from './de/failures/all-failures';
import { mistakes as germanMistakes } from './de/failures/mistakes';
import { laterTexts as germanLater } from './de/later-texts';
import { serverTexts as germanServer } from './de/server-texts';
import { texts as german } from './de/texts';
import { allFailures } from './en/failures/all-failures';
import { laterTexts } from './en/later-texts';
import { serverTexts } from './en/server-texts';
import { texts } from './en/texts';
import { PSEUDO, type Language } from './languages';
import type { Mistakes } from './parts/mistake-sentence';
import { bracketed } from './parts/bracketed';
import type { AllFailures, LaterTexts, ServerTexts, Texts } from './texts';

/** All that the server says in a language. */
export interface Translation {
  readonly language: Language;
  readonly texts: Texts;
  readonly laterTexts: LaterTexts;
  readonly serverTexts: ServerTexts;
  readonly allFailures: AllFailures;
  /** English has none of its own: it is what programs read. */
  readonly mistakes: Mistakes;
}

const ENGLISH = { texts, laterTexts, serverTexts, allFailures, mistakes: {} };

const TRANSLATIONS: { readonly [Name in Language]: Translation & { readonly language: Name } } = {
  en: { language: 'en', ...ENGLISH },
  de: {
    language: 'de',
    texts: german,
    laterTexts: germanLater,
    serverTexts: germanServer,
    allFailures: germanFailures,
    mistakes: germanMistakes,
  },
  [PSEUDO]: { language: PSEUDO, ...bracketed(ENGLISH) },
};

export const translationOf = (language: Language): Translation => TRANSLATIONS[language];
