import { AccountPage } from '@/components/accounts/account-page';
import { PasskeySection } from '@/components/accounts/ways/passkey-section';
import { ProviderSection } from '@/components/accounts/ways/provider-section';
import { writtenDay } from '@/lib/sessions/day';
import { accountData, type AuthPageProps } from '../account-data';
import { browserPreferences } from '../page-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.accounts.account.title);

export default async function OwnAccountPage({ searchParams }: AuthPageProps) {
  const [{ texts, laterTexts }, data, { timeZone }] = await Promise.all([
    pageTexts(),
    accountData(searchParams),
    browserPreferences(),
  ]);
  const { person, signIns, claimable, ways, passkeys, provider, noPasskeys, problem } = data;
  const day = writtenDay(texts.dates.locale, { now: Date.now(), timeZone });
  const hasPassword = ways.includes('password');
  return (
    <AccountPage
      words={laterTexts.accounts.account}
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
