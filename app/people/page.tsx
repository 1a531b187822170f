import type { Metadata } from 'next';
import { PeoplePage } from '@/components/accounts/people/people-page';
import { writtenDate, writtenDay } from '@/lib/sessions/day';
import { texts } from '@/lib/texts/texts';
import { peopleData } from '../account-data';
import { rememberedByBrowser } from '../page-data';

export const metadata: Metadata = { title: texts.shell.titled(texts.accounts.people.title) };

export default async function OperatorPage() {
  const [{ people, links, own }, { timeZone }] = await Promise.all([
    peopleData(),
    rememberedByBrowser(),
  ]);
  const day = writtenDay({ now: Date.now(), timeZone });
  const date = writtenDate(timeZone);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (
    <PeoplePage
      people={people.map(({ id, name, role, seenAt }) => ({
        id,
        name,
        role,
        isSelf: id === own,
        seen: seenAt && day(seenAt.getTime()),
      }))}
      links={links.map(({ id, kind, personId, note, endsAt }) => ({
        id,
        kind,
        whom: note ?? names.get(personId ?? '') ?? null,
        ends: date(endsAt.getTime()),
      }))}
    />
  );
}
