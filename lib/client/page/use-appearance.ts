import { createContext, use } from 'react';
import { rememberForServer } from '@/lib/client/browser/cookies';
import { useObservable } from '@/lib/client/browser/observable';
import {
  backgroundOf,
  appearanceAttribute,
  appearanceCookie,
  type Appearance,
  type AppearancePart,
} from '@/lib/page/appearance';
import { useClientState, type ClientState } from './client-state';

/** As the server drew the page. */
export const AppearanceContext = createContext<Appearance | null>(null);

const UNCHANGED: Partial<Appearance> = {};

export function useAppearance(): Appearance {
  const drawn = use(AppearanceContext);
  if (!drawn) throw new Error('Used outside the app shell');
  return { ...drawn, ...useObservable(useClientState().appearance, UNCHANGED) };
}

/** Changes how the page looks, in this browser from now on. */
export function chooseAppearance<Part extends AppearancePart>(
  { appearance }: Pick<ClientState, 'appearance'>,
  part: Part,
  choice: Appearance[Part],
): void {
  appearance.set({ ...appearance.get(), [part]: choice });
  const attribute = appearanceAttribute(part, choice);
  rememberForServer(appearanceCookie(part), attribute ?? null);
  if (attribute === undefined) delete document.documentElement.dataset[part];
  else document.documentElement.dataset[part] = attribute;
  if (part === 'theme') colourFrame(appearance.get().theme ?? 'system');
}

/** The server drew one colour for each of the system's schemes. */
function colourFrame(theme: Appearance['theme']): void {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  for (const meta of metas) {
    meta.content = backgroundOf(theme, meta.media.includes('dark') ? 'dark' : 'light');
  }
}
