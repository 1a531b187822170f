import { AuthPage } from '@/components/accounts/auth-page';
import { authPageData, type AuthPageProps } from '../account-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.accounts.reset.title);

/** The link's token is in the address, after "#". */
export default async function ResetPage({ searchParams }: AuthPageProps) {
  const words = await pageTexts();
  const { next, problem } = await authPageData(searchParams);
  return (
    <AuthPage
      {...words}
      kind="reset"
      next={next}
      problem={problem}
      about={words.laterTexts.accounts.reset.about}
    />
  );
}
