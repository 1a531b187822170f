'use client';

import { Button } from '@/components/ui/button';
import { claimSessions } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from './account-problem';

/**
 * Offers the sessions that this browser had before its person signed in. `later`: where to go without them, on a page of
 * its own.
 */
export function Claim({ count, later }: { count: number; later?: string }) {
  const laterTexts = useLaterTexts();
  const { claim } = laterTexts.accounts;
  const calls = useCall();
  return (
    <section className="account-section">
      {later === undefined ? <h2>{claim.title}</h2> : <h1>{claim.title}</h1>}
      <p>{claim.offer(count)}</p>
      <div className="account-buttons">
        <Button
          className="button button-primary"
          softDisabled={calls.busy}
          onClick={() => {
            calls.run(claimSessions, () => {
              window.location.replace(later ?? '/');
            });
          }}
        >
          {calls.busy ? laterTexts.accounts.working : claim.go}
        </Button>
        {later !== undefined && (
          <a className="button" href={later}>
            {claim.later}
          </a>
        )}
      </div>
      <AccountProblem problem={calls.problem} />
    </section>
  );
}
