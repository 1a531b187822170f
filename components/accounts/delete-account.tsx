'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { deleteAccount } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { clearBrowserData } from '@/lib/client/page/clear-browser-data';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from './account-problem';

export function DeleteAccount() {
  const { account } = useLaterTexts().accounts;
  const calls = useCall();
  const [isSure, setSure] = useState(false);
  return (
    <>
      <label className="account-check">
        <input
          type="checkbox"
          checked={isSure}
          onChange={(event) => {
            setSure(event.target.checked);
          }}
        />
        {account.leaveConfirm}
      </label>
      <Button
        className="button button-danger"
        softDisabled={!isSure || calls.busy}
        onClick={() => {
          calls.run(deleteAccount, () => {
            void clearBrowserData().then(() => {
              window.location.replace('/sign-in');
            });
          });
        }}
      >
        {account.leave}
      </Button>
      <AccountProblem problem={calls.problem} />
    </>
  );
}
