'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { changePassword } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { texts } from '@/lib/texts/texts';
import { AccountProblem } from './account-problem';
import { PasswordField } from './fields';

const { account, currentPassword, newPassword } = texts.accounts;

const text = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
};

export function ChangePassword({ name }: { name: string }) {
  const calls = useCall();
  const [changed, setChanged] = useState(false);
  return (
    <section className="account-section">
      <h2>{account.changePassword}</h2>
      <p>{account.passwordAbout}</p>
      <form
        className="account-form"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const fields = new FormData(form);
          setChanged(false);
          calls.run(
            () => changePassword(text(fields, 'current'), text(fields, 'password')),
            () => {
              form.reset();
              setChanged(true);
            },
          );
        }}
      >
        {/* A password manager saves the new password under it. */}
        <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
        <PasswordField name="current" label={currentPassword} autoComplete="current-password" />
        <PasswordField name="password" label={newPassword} autoComplete="new-password" />
        <Button type="submit" softDisabled={calls.busy}>
          {account.changePassword}
        </Button>
        <output>{changed && account.changed}</output>
        <AccountProblem problem={calls.problem} />
      </form>
    </section>
  );
}
