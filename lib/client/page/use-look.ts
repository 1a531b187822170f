import { createContext, use } from 'react';
import { rememberForServer } from '@/lib/client/browser/cookies';
import { useObservable } from '@/lib/client/browser/observable';
import { groundOf, lookAttribute, lookCookie, type Look, type LookPart } from '@/lib/page/look';
import { useClientState, type ClientState } from './client-state';

/** As the server drew the page. */
export const LookContext = createContext<Look | null>(null);

const UNCHANGED: Partial<Look> = {};

export function useLook(): Look {
  const drawn = use(LookContext);
  if (!drawn) throw new Error('Used outside the app shell');
  return { ...drawn, ...useObservable(useClientState().look, UNCHANGED) };
}

/** Changes how the page looks, in this browser from now on. */
export function chooseLook<Part extends LookPart>(
  { look }: Pick<ClientState, 'look'>,
  part: Part,
  choice: Look[Part],
): void {
  look.set({ ...look.get(), [part]: choice });
  const attribute = lookAttribute(part, choice);
  rememberForServer(lookCookie(part), attribute ?? null);
  if (attribute === undefined) delete document.documentElement.dataset[part];
  else document.documentElement.dataset[part] = attribute;
  if (part === 'theme') colourFrame(look.get().theme ?? 'system');
}

/** The server drew one colour for each of the system's schemes. */
function colourFrame(theme: Look['theme']): void {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  for (const meta of metas) {
    meta.content = groundOf(theme, meta.media.includes('dark') ? 'dark' : 'light');
  }
}
