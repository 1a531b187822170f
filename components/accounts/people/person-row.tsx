'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { makeLink, removePerson, setRole, type MadeLink } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';
import { MadeLinkBox } from '../made-link';
import { DisableButton } from './disable-button';

export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  readonly role: 'member' | 'operator';
  readonly isSelf: boolean;
  readonly disabled: boolean;
  /** The day of the last use; null: never. */
  readonly lastSeen: string | null;
  /** How the person signs in, such as "Password". */
  readonly ways: readonly string[];
}

/** A person, and what an operator may do with the account. */
export function PersonRow({ person }: { person: ShownPerson }) {
  const { people } = useLaterTexts().accounts;
  const { id, name, role, isSelf } = person;
  const router = useRouter();
  const calls = useCall();
  const [newLink, setNewLink] = useState<MadeLink | null>(null);
  const refresh = () => {
    router.refresh();
  };
  const other = role === 'operator' ? 'member' : 'operator';
  const change = role === 'operator' ? people.demote : people.promote;
  return (
    <li>
      <div>
        {name}
        <Facts person={person} />
      </div>
      {!isSelf && (
        <div className="account-buttons">
          <Button
            softDisabled={calls.busy}
            aria-label={people.resetOf(name)}
            onClick={() => {
              calls.run(() => makeLink({ kind: 'reset', person: id }), setNewLink);
            }}
          >
            {people.reset}
          </Button>
          <Button
            softDisabled={calls.busy}
            aria-label={people.roleOf(change, name)}
            onClick={() => {
              calls.run(() => setRole(id, other), refresh);
            }}
          >
            {change}
          </Button>
          <DisableButton person={person} calls={calls} onDone={refresh} />
          <Button
            className="button danger"
            softDisabled={calls.busy}
            aria-label={people.removeOf(name)}
            onClick={() => {
              if (window.confirm(people.removeSure(name)))
                calls.run(() => removePerson(id), refresh);
            }}
          >
            {people.remove}
          </Button>
        </div>
      )}
      {newLink && <MadeLinkBox link={newLink} about={people.resetAbout} />}
      <AccountProblem problem={calls.problem} />
    </li>
  );
}

function Facts({ person: { role, disabled, ways, lastSeen } }: { person: ShownPerson }) {
  const { accounts, operator } = useLaterTexts();
  const { people, account, ways: words } = accounts;
  const facts = [
    people[role],
    ...(disabled ? [operator.people.disabled] : []),
    ways.length > 0 ? ways.join(', ') : words.none,
    lastSeen === null ? people.never : account.since(lastSeen),
  ];
  return <small>{facts.join(' · ')}</small>;
}
