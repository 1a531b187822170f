import type { Metadata } from 'next';
import { PeoplePage } from '@/components/accounts/people/people-page';
import { writtenDate, writtenDay } from '@/lib/sessions/day';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { peopleData } from '../account-data';
import { browserPreferences } from '../page-data';

export const metadata: Metadata = { title: texts.shell.titled(laterTexts.accounts.people.title) };

export default async function OperatorPage() {
  const [{ people, links, own, ways, provider }, { timeZone }] = await Promise.all([
    peopleData(),
    browserPreferences(),
  ]);
  const day = writtenDay({ now: Date.now(), timeZone });
  const date = writtenDate(timeZone);
  const namesOfPeople = new Map(people.map(({ id, name }) => [id, name]));
  const { names } = laterTexts.accounts.ways;
  return (
    <PeoplePage
      people={people.map(({ id, name, role, seenAt, disabledAt }) => ({
        id,
        name,
        role,
        isSelf: id === own,
        disabled: disabledAt !== null,
        lastSeen: seenAt && day(seenAt.getTime()),
        ways: (ways.get(id) ?? []).map((way) => (way === 'provider' ? provider : names[way])),
      }))}
      links={links.map(({ id, kind, personId, note, endsAt }) => ({
        id,
        kind,
        recipient: note ?? namesOfPeople.get(personId ?? '') ?? null,
        ends: date(endsAt.getTime()),
      }))}
    />
  );
}
