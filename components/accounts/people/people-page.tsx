import '../accounts.css';
import { PageBar } from '@/components/shell/page-bar';
import type { LaterTexts } from '@/lib/texts/texts';
import { Invite } from './invite';
import { LinkRows, type ShownLink } from './link-rows';
import { PersonRow, type ShownPerson } from './person-row';

interface Props {
  readonly words: LaterTexts['accounts']['people'];
  readonly people: readonly ShownPerson[];
  readonly links: readonly ShownLink[];
}

/** The operator's list of people. */
export function PeoplePage({ words, people, links }: Props) {
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page account-page" id="main" tabIndex={-1}>
        <section className="account-section">
          <h1>{words.title}</h1>
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
