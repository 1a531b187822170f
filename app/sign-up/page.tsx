import type { Metadata } from 'next';
import Link from 'next/link';
import { Entrance } from '@/components/accounts/entrance';
import { OtherWays } from '@/components/accounts/ways/other-ways';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { entranceData, type EntranceProps } from '../account-data';

const { signUp } = laterTexts.accounts;

export const metadata: Metadata = { title: texts.shell.titled(signUp.title) };

/** An invitation's token is in the address, after "#". */
export default async function SignUpPage({ searchParams }: EntranceProps) {
  const { next, problem, isEmpty, needsFirstLink, provider } = await entranceData(searchParams);
  return (
    <Entrance
      entrance="sign-up"
      next={next}
      problem={problem}
      about={isEmpty ? (needsFirstLink ? signUp.firstByLink : signUp.first) : null}
    >
      <OtherWays next={next} provider={provider} withPasskey={false} isInvitation />
      {!isEmpty && (
        <p className="entrance-other">
          <Link href="/sign-in" prefetch={false}>
            {signUp.have}
          </Link>
        </p>
      )}
    </Entrance>
  );
}
