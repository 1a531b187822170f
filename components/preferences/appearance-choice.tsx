import type { IconName } from '@/components/ui/icon';
import { RadioGroup } from '@/components/ui/radio-group';
import { useClientState } from '@/lib/client/page/client-state';
import { chooseAppearance, useAppearance } from '@/lib/client/page/use-appearance';
import { APPEARANCES, type AppearancePart } from '@/lib/page/appearance';
import { useLaterTexts } from '@/lib/texts/use-texts';

const ICONS: Readonly<Record<string, IconName>> = { system: 'screen', light: 'sun', dark: 'moon' };

interface Words {
  readonly title: string;
  readonly names: Readonly<Record<string, string>>;
}

interface Props<Part> {
  readonly part: Part;
}

/** One thing of how the page looks; the change is seen at once. */
export function AppearanceChoice<Part extends Exclude<AppearancePart, 'sidebar'>>({
  part,
}: Props<Part>) {
  const { title, names }: Words = useLaterTexts().preferences.appearances[part];
  const state = useClientState();
  return (
    <RadioGroup
      name={part}
      legend={title}
      options={APPEARANCES[part].map((value) => ({
        value,
        label: names[value] ?? value,
        icon: ICONS[value],
      }))}
      chosen={useAppearance()[part]}
      onChoose={(value) => {
        chooseAppearance(state, part, value);
      }}
    />
  );
}
