'use client';

import { Button } from '@/components/ui/button';
import { signOut } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { clearBrowserData } from '@/lib/client/page/clear-browser-data';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from './account-problem';

/** Signs out and forgets what this browser kept, such as drafts: another person may be the next to use it. */
export function SignOut() {
  const laterTexts = useLaterTexts();
  const calls = useCall();
  return (
    <>
      <Button
        softDisabled={calls.busy}
        onClick={() => {
          calls.run(signOut, () => {
            void clearBrowserData().then(() => {
              window.location.replace('/sign-in');
            });
          });
        }}
      >
        {laterTexts.accounts.account.signOut}
      </Button>
      <AccountProblem problem={calls.problem} />
    </>
  );
}
