'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { beginAtProvider, disconnectProvider } from '@/lib/client/accounts/ways';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';
import { textOf } from '../form-text';
import { PasswordField } from '../fields';

interface Props {
  readonly name: string;
  readonly isConnected: boolean;
  readonly hasPassword: boolean;
}

/** Connects an account at the provider, or disconnects it. */
export function ProviderSection({ name, isConnected, hasPassword }: Props) {
  const { ways, currentPassword } = useLaterTexts().accounts;
  const router = useRouter();
  const calls = useCall();
  return (
    <section className="account-section">
      <h2>{ways.provider(name)}</h2>
      <p>{isConnected ? ways.connected(name) : ways.notConnected(name)}</p>
      {isConnected ? (
        <Button
          softDisabled={calls.busy}
          onClick={() => {
            calls.run(disconnectProvider, () => {
              router.refresh();
            });
          }}
        >
          {ways.disconnect(name)}
        </Button>
      ) : (
        <form
          className="account-form"
          method="post"
          onSubmit={(event) => {
            event.preventDefault();
            const current = textOf(event.currentTarget, 'current');
            calls.run(
              () => beginAtProvider({ next: '/account', connect: true, current }),
              (answer) => {
                window.location.assign(answer.next);
              },
            );
          }}
        >
          {hasPassword && (
            <PasswordField name="current" label={currentPassword} autoComplete="current-password" />
          )}
          <Button type="submit" softDisabled={calls.busy}>
            {ways.connect(name)}
          </Button>
        </form>
      )}
      <AccountProblem problem={calls.problem} />
    </section>
  );
}
