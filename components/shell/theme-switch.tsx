import './theme-switch.css';
import { Icon, type IconName } from '@/components/ui/icon';
import { useClientState } from '@/lib/client/page/client-state';
import { chooseTheme, useTheme, type Theme } from '@/lib/client/page/use-theme';
import { texts } from '@/lib/texts/texts';

const THEMES: readonly { readonly id: Theme; readonly icon: IconName }[] = [
  { id: 'system', icon: 'screen' },
  { id: 'light', icon: 'sun' },
  { id: 'dark', icon: 'moon' },
];

/** The colours of the app. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const state = useClientState();
  const theme = useTheme(initial);
  return (
    <fieldset className="theme-switch">
      <legend className="visually-hidden">{texts.shell.colours}</legend>
      {THEMES.map(({ id, icon }) => (
        <label key={id} title={texts.shell.themeTitle(texts.shell.theme[id])}>
          <input
            type="radio"
            name="theme"
            className="visually-hidden"
            checked={theme === id}
            onChange={() => {
              chooseTheme(state, id);
            }}
          />
          <Icon name={icon} />
          <span className="visually-hidden">{texts.shell.theme[id]}</span>
        </label>
      ))}
    </fieldset>
  );
}
