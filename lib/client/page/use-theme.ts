import { rememberForServer } from '@/lib/client/browser/cookies';
import { useObservable } from '@/lib/client/browser/observable';
import { THEME_COOKIE } from '@/lib/page/cookies';
import { useClientState, type ClientState } from './client-state';

export type Theme = 'system' | 'light' | 'dark';

/** The theme is a cookie, so that the server renders the right colours without a flash. */
export const useTheme = (initial: Theme): Theme =>
  useObservable(useClientState().theme, null) ?? initial;

export function chooseTheme({ theme }: Pick<ClientState, 'theme'>, next: Theme): void {
  theme.set(next);
  const chosen = next === 'system' ? null : next;
  rememberForServer(THEME_COOKIE, chosen);
  if (chosen) document.documentElement.dataset['theme'] = chosen;
  else delete document.documentElement.dataset['theme'];
}
