'use client';

import { beginAtProvider, providerPath } from '@/lib/client/accounts/ways';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';

interface Props {
  readonly name: string;
  readonly next: string;
  /** The address of the page has an invitation after "#". */
  readonly isInvitation: boolean;
}

/** Signs in at the provider: a link, which works without a script. Only an invitation needs one. */
export function ProviderButton({ name, next, isInvitation }: Props) {
  const laterTexts = useLaterTexts();
  const calls = useCall();
  return (
    <>
      <a
        className="button"
        href={providerPath(next)}
        onClick={(event) => {
          const link = isInvitation ? window.location.hash.slice(1) : '';
          if (!link) return;
          event.preventDefault();
          calls.run(
            () => beginAtProvider({ next, link }),
            (answer) => {
              window.location.assign(answer.next);
            },
          );
        }}
      >
        {laterTexts.accounts.ways.continueWith(name)}
      </a>
      <AccountProblem problem={calls.problem} />
    </>
  );
}
