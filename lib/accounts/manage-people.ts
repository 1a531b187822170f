import type { OwnerStore } from '@/lib/sessions/owner-store';
import type { Maker, PeopleStore, PersonEdit, Removal } from './account-store';
import type { Person } from './person';
import { ownerOfPerson } from './principal';

/** Stops all running turns of an owner. */
type StopTurns = (owner: string) => Promise<void>;

/** Changes a person's role, and disables or enables the account. `by`: null for the command. */
export async function editPerson(
  {
    people,
    stopTurns,
  }: { readonly people: Pick<PeopleStore, 'edit'>; readonly stopTurns: StopTurns },
  edit: PersonEdit,
  by: Maker | null,
): Promise<Person> {
  const person = await people.edit(edit, by);
  if (edit.disabled === true) await stopTurns(ownerOfPerson(edit.id));
  return person;
}

interface RemovalDeps {
  readonly store: {
    readonly accounts: { readonly people: Pick<PeopleStore, 'remove'> };
    readonly owners: Pick<OwnerStore, 'forget' | 'purge'>;
  };
  readonly stopTurns: StopTurns;
}

/**
 * Deletes an account with everything in it: first what lets its person in, then its data. `by`: an operator or the person;
 * null for the command.
 */
export async function removePerson(
  { store: { accounts, owners }, stopTurns }: RemovalDeps,
  { id, now }: Omit<Removal, 'owner'>,
  by: Maker | null,
): Promise<void> {
  const owner = ownerOfPerson(id);
  await accounts.people.remove({ id, owner, now }, by);
  await owners.forget(owner, now);
  await stopTurns(owner);
  await owners.purge(owner);
}
