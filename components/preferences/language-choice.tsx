import { useState } from 'react';
import { RadioGroup } from '@/components/ui/radio-group';
import { chosenLanguage, chooseLanguage } from '@/lib/client/page/language';
import { LANGUAGE_NAMES, LANGUAGES } from '@/lib/texts/languages';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** The language of this browser, or the one that it asks for. Another one reloads the page, which keeps drafts. */
export function LanguageChoice() {
  const { title, automatic } = useLaterTexts().preferences.language;
  const [chosen, setChosen] = useState(chosenLanguage);
  return (
    <RadioGroup
      name="language"
      legend={title}
      options={[
        { value: null, label: automatic },
        ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value })),
      ]}
      chosen={chosen}
      onChoose={(language) => {
        setChosen(language);
        chooseLanguage(language);
      }}
    />
  );
}
