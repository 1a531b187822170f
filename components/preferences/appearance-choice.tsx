import './appearance-choice.css';
import { Icon, type IconName } from '@/components/ui/icon';
import { useClientState } from '@/lib/client/page/client-state';
import { chooseAppearance, useAppearance } from '@/lib/client/page/use-appearance';
import { APPEARANCES, type AppearancePart } from '@/lib/page/appearance';
import { useLaterTexts } from '@/lib/texts/use-texts';

const ICONS: Readonly<Record<string, IconName>> = { system: 'screen', light: 'sun', dark: 'moon' };

interface Props<Part> {
  readonly part: Part;
}

/** One thing of how the page looks; the change is seen at once. */
export function AppearanceChoice<Part extends Exclude<AppearancePart, 'sidebar'>>({
  part,
}: Props<Part>) {
  const words = useLaterTexts().preferences;
  const state = useClientState();
  const chosen: string = useAppearance()[part];
  const names: Readonly<Record<string, string>> = words.looks[part].names;
  return (
    <fieldset className="appearance-choice">
      <legend>{words.looks[part].title}</legend>
      <div className="look-options">
        {APPEARANCES[part].map((name) => (
          <label key={name}>
            <input
              type="radio"
              name={part}
              className="visually-hidden"
              checked={chosen === name}
              onChange={() => {
                chooseAppearance(state, part, name);
              }}
            />
            {ICONS[name] && <Icon name={ICONS[name]} />}
            {names[name]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
