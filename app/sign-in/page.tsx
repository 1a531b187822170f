import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AuthPage } from '@/components/accounts/auth-page';
import { OtherWays } from '@/components/accounts/ways/other-ways';
import { authPageData, type AuthPageProps } from '../account-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.accounts.signIn.title);

export default async function SignInPage({ searchParams }: AuthPageProps) {
  const words = await pageTexts();
  const { accounts } = words.laterTexts;
  const { next, problem, isSignedIn, isEmpty, isOpen, provider, hasPasskeys } =
    await authPageData(searchParams);
  if (isEmpty) redirect('/sign-up');
  if (isSignedIn) redirect(next);
  return (
    <AuthPage {...words} kind="sign-in" next={next} problem={problem}>
      <OtherWays words={accounts.ways} next={next} provider={provider} withPasskey={hasPasskeys} />
      <p className="auth-other">
        {isOpen ? (
          <Link href="/sign-up" prefetch={false}>
            {accounts.signUp.need}
          </Link>
        ) : (
          accounts.signIn.other
        )}
      </p>
    </AuthPage>
  );
}
