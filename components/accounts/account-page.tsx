import './accounts.css';
import { PageBar } from '@/components/shell/page-bar';
import { EXPORT_ALL } from '@/lib/client/net/api';
import { texts } from '@/lib/texts/texts';
import { AnotherDevice } from './another-device';
import { ChangePassword } from './change-password';
import { DeleteAccount } from './delete-account';
import { Claim } from './claim';
import { PageProblem } from './page-problem';
import { SignInRows, type ShownSignIn } from './sign-in-rows';
import { SignOut } from './sign-out';
import { PasskeySection, type ShownPasskey } from './ways/passkey-section';
import { ProviderSection } from './ways/provider-section';

interface Props {
  readonly name: string;
  readonly isOperator: boolean;
  readonly signIns: readonly ShownSignIn[];
  /** How many sessions this browser has from before. */
  readonly claimable: number;
  readonly ways: {
    readonly hasPassword: boolean;
    /** Null without a provider. */
    readonly provider: { readonly name: string; readonly isConnected: boolean } | null;
    readonly passkeys: readonly ShownPasskey[];
    readonly noPasskeys: 'insecure' | 'address' | null;
  };
  /** What went wrong on the way here. */
  readonly problem: { readonly kind: string; readonly reason: string } | null;
}

/** One's own account: where and how it is signed in, and the way out. */
export function AccountPage({ name, isOperator, signIns, claimable, ways, problem }: Props) {
  const { account } = texts.accounts;
  const { hasPassword, provider, passkeys, noPasskeys } = ways;
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page account-page" id="main" tabIndex={-1}>
        <section className="account-section">
          <h1>{account.title}</h1>
          <p>{account.as(name, isOperator)}</p>
          <PageProblem problem={problem} />
          <SignOut />
        </section>
        {claimable > 0 && <Claim count={claimable} />}
        <SignInRows signIns={signIns} />
        <AnotherDevice />
        <PasskeySection passkeys={passkeys} hasPassword={hasPassword} noPasskeys={noPasskeys} />
        {provider && <ProviderSection {...provider} hasPassword={hasPassword} />}
        <ChangePassword name={name} hasPassword={hasPassword} />
        <section className="account-section">
          <h2>{account.leave}</h2>
          <p>{account.leaveAbout}</p>
          <a className="button" href={EXPORT_ALL} download>
            {account.export}
          </a>
          <DeleteAccount />
        </section>
      </div>
    </div>
  );
}
