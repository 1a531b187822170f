import type { Metadata } from 'next';
import { AccountPage } from '@/components/accounts/account-page';
import { PasskeySection } from '@/components/accounts/ways/passkey-section';
import { ProviderSection } from '@/components/accounts/ways/provider-section';
import { writtenDay } from '@/lib/sessions/day';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { accountData, type AuthPageProps } from '../account-data';
import { browserPreferences } from '../page-data';

export const metadata: Metadata = { title: texts.shell.titled(laterTexts.accounts.account.title) };

export default async function OwnAccountPage({ searchParams }: AuthPageProps) {
  const [data, { timeZone }] = await Promise.all([accountData(searchParams), browserPreferences()]);
  const { person, signIns, claimable, ways, passkeys, provider, noPasskeys, problem } = data;
  const day = writtenDay({ now: Date.now(), timeZone });
  const hasPassword = ways.includes('password');
  return (
    <AccountPage
      name={person.name}
      isOperator={person.role === 'operator'}
      claimable={claimable}
      problem={problem}
      hasPassword={hasPassword}
      signIns={signIns.map(({ id, device, seenAt, current }) => ({
        id,
        device,
        current,
        lastSeen: day(seenAt.getTime()),
      }))}
    >
      <PasskeySection
        hasPassword={hasPassword}
        noPasskeys={noPasskeys}
        passkeys={passkeys.map(({ id, name, createdAt, usedAt }) => ({
          id,
          name,
          added: day(createdAt.getTime()),
          used: usedAt && day(usedAt.getTime()),
        }))}
      />
      {provider !== null && (
        <ProviderSection
          name={provider}
          isConnected={ways.includes('provider')}
          hasPassword={hasPassword}
        />
      )}
    </AccountPage>
  );
}
