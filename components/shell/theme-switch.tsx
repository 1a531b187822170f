import './theme-switch.css';
import { useState } from 'react';
import { Icon, type IconName } from '@/components/ui/icon';
import { rememberForServer } from '@/lib/client/browser/cookies';
import { THEME_COOKIE } from '@/lib/page/cookies';
import { texts } from '@/lib/texts/texts';

export type Theme = 'system' | 'light' | 'dark';

const THEMES: readonly { readonly id: Theme; readonly icon: IconName }[] = [
  { id: 'system', icon: 'screen' },
  { id: 'light', icon: 'sun' },
  { id: 'dark', icon: 'moon' },
];

/** The theme is a cookie, so that the server renders the right colours without a flash. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const choose = (next: Theme) => {
    setTheme(next);
    const chosen = next === 'system' ? null : next;
    rememberForServer(THEME_COOKIE, chosen);
    if (chosen) document.documentElement.dataset['theme'] = chosen;
    else delete document.documentElement.dataset['theme'];
  };
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
              choose(id);
            }}
          />
          <Icon name={icon} />
          <span className="visually-hidden">{texts.shell.theme[id]}</span>
        </label>
      ))}
    </fieldset>
  );
}
