import type { Metadata } from 'next';
import { AccountPage } from '@/components/accounts/account-page';
import { writtenDay } from '@/lib/sessions/day';
import { texts } from '@/lib/texts/texts';
import { accountData } from '../account-data';
import { rememberedByBrowser } from '../page-data';

export const metadata: Metadata = { title: texts.shell.titled(texts.accounts.account.title) };

export default async function OwnAccountPage() {
  const [{ person, signIns, claimable }, { timeZone }] = await Promise.all([
    accountData(),
    rememberedByBrowser(),
  ]);
  const day = writtenDay({ now: Date.now(), timeZone });
  return (
    <AccountPage
      name={person.name}
      isOperator={person.role === 'operator'}
      claimable={claimable}
      signIns={signIns.map(({ id, device, seenAt, current }) => ({
        id,
        device,
        current,
        seen: day(seenAt.getTime()),
      }))}
    />
  );
}
