import '../accounts.css';
import { PageBar } from '@/components/shell/page-bar';
import { laterTexts } from '@/lib/texts/later-texts';
import { Invite } from './invite';
import { LinkRows, type ShownLink } from './link-rows';
import { PersonRow, type ShownPerson } from './person-row';

interface Props {
  readonly people: readonly ShownPerson[];
  readonly links: readonly ShownLink[];
}

/** The operator's list of people. */
export function PeoplePage({ people, links }: Props) {
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page account-page" id="main" tabIndex={-1}>
        <section className="account-section">
          <h1>{laterTexts.accounts.people.title}</h1>
          <ul className="account-rows">
            {people.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </ul>
        </section>
        <Invite />
        {links.length > 0 && <LinkRows links={links} />}
      </div>
    </div>
  );
}
