'use client';

import { Button } from '@/components/ui/button';
import { signInWithPasskey } from '@/lib/client/accounts/ways';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';

/** Signs in with a passkey of this device; no name is asked for. */
export function PasskeyButton({ next }: { next: string }) {
  const laterTexts = useLaterTexts();
  const calls = useCall();
  return (
    <>
      <Button
        softDisabled={calls.busy}
        onClick={() => {
          calls.run(
            () => signInWithPasskey(next),
            (answer) => {
              window.location.replace(answer.next);
            },
          );
        }}
      >
        {laterTexts.accounts.ways.withPasskey}
      </Button>
      <AccountProblem problem={calls.problem} />
    </>
  );
}
