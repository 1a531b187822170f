'use client';

import { Button } from '@/components/ui/button';
import { addPasskey } from '@/lib/client/accounts/ways';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';
import { PasswordField, TextField } from '../fields';
import { textOf } from '../form-text';

export function NewPasskey({
  hasPassword,
  onAdded,
}: {
  hasPassword: boolean;
  onAdded: () => void;
}) {
  const laterTexts = useLaterTexts();
  const { ways, currentPassword } = laterTexts.accounts;
  const calls = useCall();
  return (
    <form
      className="account-form"
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        calls.run(
          () => addPasskey(textOf(form, 'name'), textOf(form, 'current')),
          () => {
            form.reset();
            onAdded();
          },
        );
      }}
    >
      <TextField name="name" label={ways.passkeyName} maxLength={64} />
      {hasPassword && (
        <PasswordField name="current" label={currentPassword} autoComplete="current-password" />
      )}
      <Button type="submit" softDisabled={calls.busy}>
        {calls.busy ? laterTexts.accounts.working : ways.addPasskey}
      </Button>
      <AccountProblem problem={calls.problem} />
    </form>
  );
}
