'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { changePassword } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from './account-problem';
import { PasswordField } from './fields';
import { textOf } from './form-text';

/** `hasPassword`: false for an account that has other ways in only. */
export function ChangePassword({ name, hasPassword }: { name: string; hasPassword: boolean }) {
  const { account, currentPassword, newPassword } = useLaterTexts().accounts;
  const router = useRouter();
  const calls = useCall();
  const title = hasPassword ? account.changePassword : account.setPassword;
  const [changed, setChanged] = useState(false);
  return (
    <section className="account-section">
      <h2>{title}</h2>
      <p>{account.passwordAbout}</p>
      <form
        className="account-form"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          setChanged(false);
          calls.run(
            () => changePassword(textOf(form, 'current'), textOf(form, 'password')),
            () => {
              form.reset();
              setChanged(true);
              router.refresh();
            },
          );
        }}
      >
        {/* A password manager saves the new password under it. */}
        <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
        {hasPassword && (
          <PasswordField name="current" label={currentPassword} autoComplete="current-password" />
        )}
        <PasswordField name="password" label={newPassword} autoComplete="new-password" />
        <Button type="submit" softDisabled={calls.busy}>
          {title}
        </Button>
        <output>{changed && account.changed}</output>
        <AccountProblem problem={calls.problem} />
      </form>
    </section>
  );
}
