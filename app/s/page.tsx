import { ListPage } from '@/components/lists/list-page';
import { browserPreferences } from '../page-data';
import { listPage, type ListPageProps } from '../session-lists';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ texts }) => texts.sessions.all);

/** All sessions, paginated: the sidebar lists only the newest. */
export default async function AllSessionsPage({ searchParams }: ListPageProps) {
  const [words, page, { timeZone }] = await Promise.all([
    pageTexts(),
    listPage('current', searchParams),
    browserPreferences(),
  ]);
  return <ListPage {...words} list="current" page={page} timeZone={timeZone} />;
}
