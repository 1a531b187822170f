import type { Metadata } from 'next';
import { DeletedList } from '@/components/sessions/deleted-list';
import { EmptyDeleted } from '@/components/sessions/empty-deleted';
import { PutAwayPage } from '@/components/shell/put-away-page';
import { rememberedByBrowser } from '../page-data';
import { olderPage, putAwaySessions, type ListPageProps } from '../session-lists';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.deletion.recently) };

/** Lists the sessions in the trash, in pages. */
export default async function DeletedPage({ searchParams }: ListPageProps) {
  const [{ sessions, next }, { timeZone }] = await Promise.all([
    putAwaySessions('deleted', searchParams),
    rememberedByBrowser(),
  ]);
  return (
    <PutAwayPage
      heading={texts.deletion.recently}
      about={sessions.length > 0 ? texts.deletion.about : texts.deletion.none}
      older={olderPage('/deleted', texts.deletion.older, next)}
    >
      {sessions.length > 0 && <EmptyDeleted />}
      <DeletedList sessions={sessions} timeZone={timeZone} />
    </PutAwayPage>
  );
}
