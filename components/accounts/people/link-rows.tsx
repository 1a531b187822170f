'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { withdrawLink, type LinkKind } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';

export interface ShownLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly recipient: string | null;
  /** The day on which it ends. */
  readonly ends: string;
}

/** The links that can still be used. */
export function LinkRows({ links }: { links: readonly ShownLink[] }) {
  const { people } = useLaterTexts().accounts;
  const router = useRouter();
  const calls = useCall();
  return (
    <section className="account-section">
      <h2>{people.links}</h2>
      <ul className="account-rows">
        {links.map(({ id, kind, recipient, ends }) => {
          const what = [people.kinds[kind], recipient].filter(Boolean).join(': ');
          return (
            <li key={id}>
              <div>
                {what}
                <small>{people.until(ends)}</small>
              </div>
              <Button
                softDisabled={calls.busy}
                aria-label={people.withdrawOf(what)}
                onClick={() => {
                  calls.run(
                    () => withdrawLink(id),
                    () => {
                      router.refresh();
                    },
                  );
                }}
              >
                {people.withdraw}
              </Button>
            </li>
          );
        })}
      </ul>
      <AccountProblem problem={calls.problem} />
    </section>
  );
}
