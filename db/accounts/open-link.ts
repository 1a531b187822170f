import { and, eq, gt } from 'drizzle-orm';
import type { NewBrowser } from '@/lib/accounts/account-store';
import { ownerOfPerson } from '@/lib/accounts/principal';
import type { Queries, Tables } from '@/db/engine/client';
import { dropSignIns, insertSignIn } from './sign-ins';
import { linkNotFound, useLink } from './use-link';

interface Opening {
  readonly tokenHash: string;
  /** The hash of a new one; null: the link only signs in. */
  readonly password: string | null;
  readonly browser: NewBrowser;
}

/** Uses a link and signs its person in. Returns the person's id. */
export async function openLink(
  query: Queries,
  tables: Tables,
  { tokenHash, password, browser }: Opening,
): Promise<string> {
  const { people, accountLinks } = tables;
  const [link] = await query
    .select({ personId: accountLinks.personId })
    .from(accountLinks)
    .where(and(eq(accountLinks.tokenHash, tokenHash), gt(accountLinks.endsAt, browser.now)));
  const personId = link?.personId ?? null;
  if (personId === null) throw linkNotFound();
  // Locks the person before the link, as those do who remove people.
  await query
    .update(people)
    .set(password === null ? { name: people.name } : { password })
    .where(eq(people.id, personId));
  const kind = password === null ? 'device' : 'reset';
  await useLink(query, tables, tokenHash, kind, browser.now);
  if (kind === 'reset') await shutOut(query, tables, personId);
  await insertSignIn(query, tables, { ...browser, personId });
  return personId;
}

/** Takes every way in that the account has had: a thief may know any of them. */
async function shutOut(query: Queries, tables: Tables, personId: string): Promise<void> {
  const { accountLinks, apiKeys, passkeys, identities, challenges } = tables;
  await query.delete(accountLinks).where(eq(accountLinks.personId, personId));
  for (const way of [passkeys, identities, challenges])
    await query.delete(way).where(eq(way.personId, personId));
  await dropSignIns(query, tables, personId);
  await query.delete(apiKeys).where(eq(apiKeys.owner, ownerOfPerson(personId)));
}
