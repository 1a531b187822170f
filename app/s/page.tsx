import type { Metadata } from 'next';
import Link from 'next/link';
import { PageBar } from '@/components/shell/page-bar';
import { dayFormat } from '@/lib/sessions/day';
import { shownTitle } from '@/lib/sessions/title';
import { rememberedByBrowser } from '../page-data';
import { sessionList, type ListPageProps } from '../session-lists';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.sessions.all) };

/** All sessions, paginated: the sidebar lists only the newest. */
export default async function AllSessionsPage({ searchParams }: ListPageProps) {
  const [{ sessions, next }, { timeZone }] = await Promise.all([
    sessionList(searchParams),
    rememberedByBrowser(),
  ]);
  const day = dayFormat(timeZone);
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page">
        <h1>{texts.sessions.all}</h1>
        {sessions.length === 0 && <p>{texts.sessions.none}</p>}
        <ul className="session-index">
          {sessions.map((session) => (
            <li key={session.id}>
              <Link href={`/s/${session.id}`} prefetch={false} dir="auto">
                {shownTitle(session)}
              </Link>
              <time dateTime={session.lastActivity}>
                {day.format(new Date(session.lastActivity))}
              </time>
            </li>
          ))}
        </ul>
        {next !== null && (
          <Link className="button" href={`/s?cursor=${encodeURIComponent(next)}`} prefetch={false}>
            {texts.sessions.older}
          </Link>
        )}
        <p className="trash-door">
          <Link href="/archived" prefetch={false}>
            {texts.archive.archived}
          </Link>
          {' · '}
          <Link href="/deleted" prefetch={false}>
            {texts.deletion.recently}
          </Link>
        </p>
      </div>
    </div>
  );
}
