import type { Services } from '@/app/composition';
import type { Maker } from '@/lib/accounts/account-store';
import { ownerOfPerson } from '@/lib/accounts/principal';

/**
 * Deletes an account with everything in it: first what lets its person in, then its data. `by`: the operator who does it;
 * null for the person.
 */
export async function leave(
  { store, turns }: Services,
  id: string,
  by: Maker | null,
): Promise<void> {
  const owner = ownerOfPerson(id);
  const now = new Date();
  await store.accounts.people.remove({ id, owner, now }, by);
  await store.owners.forget(owner, now);
  await turns.stopAll(owner);
  await store.owners.purge(owner);
}
