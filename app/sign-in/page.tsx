import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Entrance } from '@/components/accounts/entrance';
import { texts } from '@/lib/texts/texts';
import { entranceData, type EntranceProps } from '../account-data';

export const metadata: Metadata = { title: texts.shell.titled(texts.accounts.signIn.title) };

export default async function SignInPage({ searchParams }: EntranceProps) {
  const { next, problem, isSignedIn, isEmpty, isOpen } = await entranceData(searchParams);
  if (isEmpty) redirect('/sign-up');
  if (isSignedIn) redirect(next);
  return (
    <Entrance entrance="sign-in" next={next} problem={problem}>
      <p className="entrance-other">
        {isOpen ? (
          <Link href="/sign-up" prefetch={false}>
            {texts.accounts.signUp.need}
          </Link>
        ) : (
          texts.accounts.signIn.other
        )}
      </p>
    </Entrance>
  );
}
