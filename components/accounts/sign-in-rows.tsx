'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { revokeOtherSignIns, revokeSignIn } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from './account-problem';

export interface ShownSignIn {
  readonly id: string;
  readonly device: string;
  readonly lastSeen: string;
  readonly current: boolean;
}

/** Where the person is signed in; each can be signed out. */
export function SignInRows({ signIns }: { signIns: readonly ShownSignIn[] }) {
  const { account } = useLaterTexts().accounts;
  const router = useRouter();
  const calls = useCall();
  const refresh = () => {
    router.refresh();
  };
  return (
    <section className="account-section">
      <h2>{account.signIns}</h2>
      <ul className="account-rows">
        {signIns.map(({ id, device, lastSeen, current }) => (
          <li key={id}>
            <div>
              {device}
              <small>{current ? account.thisBrowser : account.since(lastSeen)}</small>
            </div>
            {!current && (
              <Button
                softDisabled={calls.busy}
                aria-label={account.revokeOf(device)}
                onClick={() => {
                  calls.run(() => revokeSignIn(id), refresh);
                }}
              >
                {account.revoke}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {signIns.length > 1 && (
        <Button
          softDisabled={calls.busy}
          onClick={() => {
            calls.run(revokeOtherSignIns, refresh);
          }}
        >
          {account.revokeOthers}
        </Button>
      )}
      <AccountProblem problem={calls.problem} />
    </section>
  );
}
