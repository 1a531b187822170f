'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { makeLink, type MadeLink } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';
import { TextField } from '../fields';
import { MadeLinkBox } from '../made-link';

export function Invite() {
  const { people } = useLaterTexts().accounts;
  const router = useRouter();
  const calls = useCall();
  const [newLink, setNewLink] = useState<MadeLink | null>(null);
  return (
    <section className="account-section">
      <h2>{people.invite}</h2>
      <form
        className="account-form"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const note = new FormData(form).get('note');
          calls.run(
            () =>
              makeLink({
                kind: 'invitation',
                ...(typeof note === 'string' && note && { note }),
              }),
            (link) => {
              form.reset();
              setNewLink(link);
              router.refresh();
            },
          );
        }}
      >
        <TextField name="note" label={people.inviteFor} optional />
        <Button type="submit" softDisabled={calls.busy}>
          {people.inviteGo}
        </Button>
        <AccountProblem problem={calls.problem} />
      </form>
      {newLink && <MadeLinkBox link={newLink} about={people.inviteAbout} />}
    </section>
  );
}
