import 'server-only';
import { cookies } from 'next/headers';
import type { Principal } from '@/lib/accounts/principal';
import { knownCodeViews } from '@/lib/page/code-view';
import { CODE_COOKIE, TIME_ZONE_COOKIE } from '@/lib/page/cookies';
import { chosenOf, appearanceCookie, type Appearance } from '@/lib/page/appearance';
import { readForPage } from '@/lib/http/identity/page-identity';
import type { PageModels, ShownPage } from '@/lib/page/session-page';
import { messageMaxChars, services } from './composition';
import { sidebarOf } from './session-lists';
import { nearBudget } from './usage/usage-data';
import { sessionPageOf } from './session-page-data';
import type { Translation } from '@/lib/texts/translations';

/** What a page shows, for an open page that refreshes. `id`: its session. */
export async function pageData(
  translation: Translation,
  { owner, role }: Pick<Principal, 'owner' | 'role'>,
  id: string | null,
): Promise<ShownPage> {
  const [sidebar, session, budget] = await Promise.all([
    sidebarOf(owner),
    id === null ? null : sessionPageOf(translation, owner, id),
    nearBudget({ owner, role }),
  ]);
  return { ...sidebar, session, ...(budget && { budget }) };
}

/** Empty while the upstream is unavailable; the page then still shows the session. */
export async function modelList(): Promise<PageModels> {
  const { catalogue } = await services();
  const { models, demo, guessed } = await catalogue.list();
  const budget = await readForPage(nearBudget);
  return {
    models: guessed ? [] : models,
    demo,
    messageMax: messageMaxChars(),
    ...(budget && { budget }),
  };
}

/** Whether the caller of the page may have API keys: people, not visitors. */
export const mayHaveKeys = (): Promise<boolean> =>
  readForPage(({ scopes }) => Promise.resolve(scopes.includes('admin')));

/** Preferences from cookies, with safe defaults when missing or forged. */
export async function browserPreferences(): Promise<{
  appearance: Appearance;
  timeZone: string;
  /** How code is shown, as the page's attribute has it. */
  codeViews: string;
}> {
  const jar = await cookies();
  const chosen = <Part extends keyof Appearance>(part: Part) =>
    chosenOf(part, jar.get(appearanceCookie(part))?.value);
  return {
    appearance: {
      theme: chosen('theme'),
      text: chosen('text'),
      width: chosen('width'),
      sidebar: chosen('sidebar'),
    },
    timeZone: jar.get(TIME_ZONE_COOKIE)?.value ?? 'UTC',
    codeViews: knownCodeViews(jar.get(CODE_COOKIE)?.value ?? ''),
  };
}
