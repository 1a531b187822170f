import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/radio-group';
import { chosenLanguage, chooseLanguage } from '@/lib/client/page/language';
import { LANGUAGE_NAMES, LANGUAGES } from '@/lib/texts/languages';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';

/**
 * The language of this browser, or the one that it asks for. Another one reloads the page, which keeps drafts: not while
 * the arrow keys move through the choices.
 */
export function LanguageChoice() {
  const { reload } = useTexts().controls;
  const { title, automatic } = useLaterTexts().preferences.language;
  const [before] = useState(chosenLanguage);
  const [chosen, setChosen] = useState(before);
  return (
    <>
      <RadioGroup
        name="language"
        legend={title}
        options={[
          { value: null, label: automatic },
          ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value })),
        ]}
        chosen={chosen}
        onChoose={setChosen}
      />
      {chosen !== before && (
        <Button
          className="button language-reload"
          onClick={() => {
            chooseLanguage(chosen);
          }}
        >
          {reload}
        </Button>
      )}
    </>
  );
}
