import type { Services } from '@/app/composition';
import { ownerOfPerson } from '@/lib/accounts/principal';

/** Deletes an account with everything in it: first what lets its person in, then its data. */
export async function leave({ store, turns }: Services, id: string): Promise<void> {
  const owner = ownerOfPerson(id);
  const now = new Date();
  await store.accounts.people.remove(id, owner, now);
  await store.owners.forget(owner, now);
  await turns.stopAll(owner);
  await store.owners.purge(owner);
}
