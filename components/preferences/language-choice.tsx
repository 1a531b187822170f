import { chosenLanguage, chooseLanguage } from '@/lib/client/page/language';
import { LANGUAGE_NAMES, LANGUAGES } from '@/lib/texts/languages';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** The language of this browser, or the one that it asks for. Another one reloads the page, which keeps drafts. */
export function LanguageChoice() {
  const { title, automatic } = useLaterTexts().preferences.language;
  const chosen = chosenLanguage();
  return (
    <fieldset className="appearance-choice">
      <legend>{title}</legend>
      <div className="look-options">
        {[null, ...LANGUAGES].map((language) => (
          <label key={language} lang={language ?? undefined}>
            <input
              type="radio"
              name="language"
              className="visually-hidden"
              defaultChecked={chosen === language}
              onChange={() => {
                chooseLanguage(language);
              }}
            />
            {language === null ? automatic : LANGUAGE_NAMES[language]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
