import { AuthPage } from '@/components/accounts/auth-page';
import { authPageData, type AuthPageProps } from '../account-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.accounts.device.title);

/** The link's token is in the address, after "#". */
export default async function DevicePage({ searchParams }: AuthPageProps) {
  const words = await pageTexts();
  const { next, problem } = await authPageData(searchParams);
  return (
    <AuthPage
      {...words}
      kind="device"
      next={next}
      problem={problem}
      about={words.laterTexts.accounts.device.about}
    />
  );
}
