import { ListPage } from '@/components/lists/list-page';
import { browserPreferences } from '../page-data';
import { listPage, type ListPageProps } from '../session-lists';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.dataMenu.archived);

/** Lists the archived sessions, in pages. */
export default async function ArchivedPage({ searchParams }: ListPageProps) {
  const [words, page, { timeZone }] = await Promise.all([
    pageTexts(),
    listPage('archived', searchParams),
    browserPreferences(),
  ]);
  return <ListPage {...words} list="archived" page={page} timeZone={timeZone} />;
}
