import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthPage } from '@/components/accounts/auth-page';
import { OtherWays } from '@/components/accounts/ways/other-ways';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { authPageData, type AuthPageProps } from '../account-data';

const { signUp } = laterTexts.accounts;

export const metadata: Metadata = { title: texts.shell.titled(signUp.title) };

/** An invitation's token is in the address, after "#". */
export default async function SignUpPage({ searchParams }: AuthPageProps) {
  const { next, problem, isEmpty, needsFirstLink, provider } = await authPageData(searchParams);
  return (
    <AuthPage
      kind="sign-up"
      next={next}
      problem={problem}
      about={isEmpty ? (needsFirstLink ? signUp.firstByLink : signUp.first) : null}
    >
      <OtherWays next={next} provider={provider} withPasskey={false} isInvitation />
      {!isEmpty && (
        <p className="auth-other">
          <Link href="/sign-in" prefetch={false}>
            {signUp.have}
          </Link>
        </p>
      )}
    </AuthPage>
  );
}
