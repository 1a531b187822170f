import Link from 'next/link';
import { AuthPage } from '@/components/accounts/auth-page';
import { OtherWays } from '@/components/accounts/ways/other-ways';
import { authPageData, type AuthPageProps } from '../account-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.accounts.signUp.title);

/** An invitation's token is in the address, after "#". */
export default async function SignUpPage({ searchParams }: AuthPageProps) {
  const words = await pageTexts();
  const { signUp, ways } = words.laterTexts.accounts;
  const { next, problem, isEmpty, needsFirstLink, provider } = await authPageData(searchParams);
  return (
    <AuthPage
      {...words}
      kind="sign-up"
      next={next}
      problem={problem}
      about={isEmpty ? (needsFirstLink ? signUp.firstByLink : signUp.first) : null}
    >
      <OtherWays words={ways} next={next} provider={provider} withPasskey={false} isInvitation />
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
