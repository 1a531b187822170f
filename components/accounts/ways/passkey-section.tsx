'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { removePasskey } from '@/lib/client/accounts/ways';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AccountProblem } from '../account-problem';
import { NewPasskey } from './new-passkey';

export interface ShownPasskey {
  readonly id: string;
  readonly name: string;
  readonly added: string;
  /** The day of its last use; null: never. */
  readonly used: string | null;
}

interface Props {
  readonly passkeys: readonly ShownPasskey[];
  readonly hasPassword: boolean;
  /** Why there can be none at this address. */
  readonly noPasskeys: 'insecure' | 'address' | null;
}

/** A person's passkeys. */
export function PasskeySection({ passkeys, hasPassword, noPasskeys }: Props) {
  const { ways } = useLaterTexts().accounts;
  const router = useRouter();
  const calls = useCall();
  const refresh = () => {
    router.refresh();
  };
  return (
    <section className="account-section">
      <h2>{ways.passkeys}</h2>
      <p>{ways.passkeysAbout}</p>
      {passkeys.length > 0 && (
        <ul className="account-rows">
          {passkeys.map(({ id, name, added, used }) => (
            <li key={id}>
              <div>
                {name}
                <small>{ways.passkeyUse(added, used)}</small>
              </div>
              <Button
                softDisabled={calls.busy}
                aria-label={ways.removePasskeyOf(name)}
                onClick={() => {
                  calls.run(() => removePasskey(id), refresh);
                }}
              >
                {ways.removePasskey}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <AccountProblem problem={calls.problem} />
      {noPasskeys === null ? (
        <NewPasskey hasPassword={hasPassword} onAdded={refresh} />
      ) : (
        <p>{ways.noPasskeys[noPasskeys]}</p>
      )}
    </section>
  );
}
