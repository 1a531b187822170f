import type { Metadata } from 'next';
import { ListPage } from '@/components/lists/list-page';
import { EmptyDeleted } from '@/components/sessions/empty-deleted';
import { browserPreferences } from '../page-data';
import { listPage, type ListPageProps } from '../session-lists';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.deletion.recently) };

/** Lists the sessions in the trash, in pages. */
export default async function DeletedPage({ searchParams }: ListPageProps) {
  const [page, { timeZone }] = await Promise.all([
    listPage('deleted', searchParams),
    browserPreferences(),
  ]);
  return (
    <ListPage list="deleted" page={page} timeZone={timeZone}>
      <EmptyDeleted />
    </ListPage>
  );
}
