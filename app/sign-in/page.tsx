import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AuthPage } from '@/components/accounts/auth-page';
import { OtherWays } from '@/components/accounts/ways/other-ways';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { authPageData, type AuthPageProps } from '../account-data';

export const metadata: Metadata = { title: texts.shell.titled(laterTexts.accounts.signIn.title) };

export default async function SignInPage({ searchParams }: AuthPageProps) {
  const { next, problem, isSignedIn, isEmpty, isOpen, provider, hasPasskeys } =
    await authPageData(searchParams);
  if (isEmpty) redirect('/sign-up');
  if (isSignedIn) redirect(next);
  return (
    <AuthPage kind="sign-in" next={next} problem={problem}>
      <OtherWays next={next} provider={provider} withPasskey={hasPasskeys} />
      <p className="auth-other">
        {isOpen ? (
          <Link href="/sign-up" prefetch={false}>
            {laterTexts.accounts.signUp.need}
          </Link>
        ) : (
          laterTexts.accounts.signIn.other
        )}
      </p>
    </AuthPage>
  );
}
