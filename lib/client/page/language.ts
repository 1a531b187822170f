import { rememberForServer } from '@/lib/client/browser/cookies';
import { chosenIn, LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/lib/texts/languages';

type Offered = (typeof LANGUAGES)[number];

/** The language that was chosen in this browser; null: none. */
export const chosenLanguage = (): Offered | null => {
  const chosen = chosenIn(document.cookie);
  return LANGUAGES.find((language) => language === chosen) ?? null;
};

/** Chooses a language from now on; null: as the browser asks for. The server draws the page again in it. */
export function chooseLanguage(language: Language | null): void {
  rememberForServer(LANGUAGE_COOKIE, language);
  window.location.reload();
}
