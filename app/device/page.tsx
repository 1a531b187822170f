import type { Metadata } from 'next';
import { AuthPage } from '@/components/accounts/auth-page';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { authPageData, type AuthPageProps } from '../account-data';

const { title, about } = laterTexts.accounts.device;

export const metadata: Metadata = { title: texts.shell.titled(title) };

/** The link's token is in the address, after "#". */
export default async function DevicePage({ searchParams }: AuthPageProps) {
  const { next, problem } = await authPageData(searchParams);
  return <AuthPage kind="device" next={next} problem={problem} about={about} />;
}
