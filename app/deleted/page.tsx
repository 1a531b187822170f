import { ListPage } from '@/components/lists/list-page';
import { EmptyDeleted } from '@/components/sessions/empty-deleted';
import { browserPreferences } from '../page-data';
import { listPage, type ListPageProps } from '../session-lists';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.dataMenu.recentlyDeleted);

/** Lists the sessions in the trash, in pages. */
export default async function DeletedPage({ searchParams }: ListPageProps) {
  const [words, page, { timeZone }] = await Promise.all([
    pageTexts(),
    listPage('deleted', searchParams),
    browserPreferences(),
  ]);
  return (
    <ListPage {...words} list="deleted" page={page} timeZone={timeZone}>
      <EmptyDeleted />
    </ListPage>
  );
}
