'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { makeLink, type MadeLink } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from './account-problem';
import { MadeLinkBox } from './made-link';

/** A link that signs in on another device. */
export function AnotherDevice() {
  const { account } = useLaterTexts().accounts;
  const calls = useCall();
  const [newLink, setNewLink] = useState<MadeLink | null>(null);
  return (
    <section className="account-section">
      <h2>{account.device}</h2>
      {newLink ? (
        <MadeLinkBox link={newLink} about={account.deviceAbout} />
      ) : (
        <p>{account.deviceAbout}</p>
      )}
      <Button
        softDisabled={calls.busy}
        onClick={() => {
          calls.run(() => makeLink({ kind: 'device' }), setNewLink);
        }}
      >
        {account.makeDevice}
      </Button>
      <AccountProblem problem={calls.problem} />
    </section>
  );
}
