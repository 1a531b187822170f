import type { Metadata } from 'next';
import { ArchivedList } from '@/components/sessions/archived-list';
import { PutAwayPage } from '@/components/shell/put-away-page';
import { rememberedByBrowser } from '../page-data';
import { olderPage, putAwaySessions, type ListPageProps } from '../session-lists';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.archive.archived) };

/** Lists the archived sessions, in pages. */
export default async function ArchivedPage({ searchParams }: ListPageProps) {
  const [{ sessions, next }, { timeZone }] = await Promise.all([
    putAwaySessions('archived', searchParams),
    rememberedByBrowser(),
  ]);
  return (
    <PutAwayPage
      heading={texts.archive.archived}
      about={sessions.length > 0 ? texts.archive.about : texts.archive.none}
      older={olderPage('/archived', texts.archive.older, next)}
    >
      <ArchivedList sessions={sessions} timeZone={timeZone} />
    </PutAwayPage>
  );
}
