import type { Problem } from '@/lib/client/net/problem';
import './accounts.css';
import { PageBar } from '@/components/shell/page-bar';
import { EXPORT_ALL } from '@/lib/client/net/api';
import type { LaterTexts } from '@/lib/texts/texts';
import { AnotherDevice } from './another-device';
import { ChangePassword } from './change-password';
import { DeleteAccount } from './delete-account';
import { Claim } from './claim';
import { PageProblem } from './page-problem';
import { SignInRows, type ShownSignIn } from './sign-in-rows';
import { SignOut } from './sign-out';
import type { ReactNode } from 'react';

interface Props {
  readonly words: LaterTexts['accounts']['account'];
  readonly name: string;
  readonly isOperator: boolean;
  readonly signIns: readonly ShownSignIn[];
  /** How many sessions this browser has from before. */
  readonly claimable: number;
  readonly hasPassword: boolean;
  /** What went wrong on the way here. */
  readonly problem: Pick<Problem, 'kind' | 'reason' | 'error'> | null;
  /** The other ways to sign in. */
  readonly children: ReactNode;
}

/** One's own account: where and how it is signed in, and the way out. */
export function AccountPage({
  words: account,
  name,
  isOperator,
  signIns,
  claimable,
  ...rest
}: Props) {
  const { hasPassword, problem, children } = rest;
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
        {children}
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
