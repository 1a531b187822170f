import type { OwnerStore } from '@/lib/sessions/owner-store';
import type { Maker, PeopleStore } from './account-store';
import { ownerOfPerson } from './principal';

interface Deps {
  readonly store: {
    readonly accounts: { readonly people: Pick<PeopleStore, 'remove'> };
    readonly owners: Pick<OwnerStore, 'forget' | 'purge'>;
  };
  /** Stops all running turns of an owner. */
  readonly stopTurns: (owner: string) => Promise<void>;
}

interface Removal {
  readonly id: string;
  readonly now: Date;
  /** The operator who does it; null for the person, and for the command. */
  readonly by: Maker | null;
}

/** Deletes an account with everything in it: first what lets its person in, then its data. */
export async function removePerson(
  { store: { accounts, owners }, stopTurns }: Deps,
  { id, now, by }: Removal,
): Promise<void> {
  const owner = ownerOfPerson(id);
  await accounts.people.remove({ id, owner, now }, by);
  await owners.forget(owner, now);
  await stopTurns(owner);
  await owners.purge(owner);
}
