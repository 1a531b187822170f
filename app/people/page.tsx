import { PeoplePage } from '@/components/accounts/people/people-page';
import { writtenDate, writtenDay } from '@/lib/sessions/day';
import { peopleData } from '../account-data';
import { browserPreferences } from '../page-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.accounts.people.title);

export default async function OperatorPage() {
  const [{ texts, laterTexts }, data, { timeZone }] = await Promise.all([
    pageTexts(),
    peopleData(),
    browserPreferences(),
  ]);
  const { people, links, own, ways, provider } = data;
  const day = writtenDay(texts.dates.locale, { now: Date.now(), timeZone });
  const date = writtenDate(texts.dates.locale, timeZone);
  const namesOfPeople = new Map(people.map(({ id, name }) => [id, name]));
  const { names } = laterTexts.accounts.ways;
  return (
    <PeoplePage
      words={laterTexts.accounts.people}
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
