import 'server-only';
import { notFound } from 'next/navigation';
import { idOfPerson, PROXY_OWNER } from '@/lib/accounts/principal';
import { readForPage } from '@/lib/http/identity/page-identity';
import { presentChange, presentSettings } from '@/lib/settings/present';
import { services, settingSources } from '../composition';

const CHANGES_SHOWN = 50;

/** What the server's settings are, where each comes from, and who changed them. */
export async function settingsNow() {
  const { store } = await services();
  const [stored, changes] = await Promise.all([
    store.settings.read(),
    store.settings.history(CHANGES_SHOWN),
  ]);
  const hasPeople = changes.some(({ changedBy }) => idOfPerson(changedBy) !== null);
  const people = hasPeople ? await store.accounts.people.list() : [];
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const nameOf = (owner: string): string | null =>
    owner.startsWith(PROXY_OWNER)
      ? owner.slice(PROXY_OWNER.length)
      : (names.get(idOfPerson(owner) ?? '') ?? null);
  return {
    settings: presentSettings(settingSources(stored)),
    changes: changes.map(presentChange(nameOf)),
  };
}

/** Shows "not found" to who is no operator. */
export const forOperators = (): Promise<void> =>
  readForPage(({ role }) => {
    if (role !== 'operator') notFound();
    return Promise.resolve();
  });

/** The same for the operator's page; "not found" for others. */
export const settingsData = () =>
  readForPage(async (principal) => {
    if (principal.role !== 'operator') notFound();
    const [{ accounts }, now] = await Promise.all([services(), settingsNow()]);
    return { ...now, hasAccounts: accounts !== null };
  });
