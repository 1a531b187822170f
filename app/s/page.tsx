import type { Metadata } from 'next';
import { ListPage } from '@/components/lists/list-page';
import { browserPreferences } from '../page-data';
import { listPage, type ListPageProps } from '../session-lists';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.sessions.all) };

/** All sessions, paginated: the sidebar lists only the newest. */
export default async function AllSessionsPage({ searchParams }: ListPageProps) {
  const [page, { timeZone }] = await Promise.all([
    listPage('current', searchParams),
    browserPreferences(),
  ]);
  return <ListPage list="current" page={page} timeZone={timeZone} />;
}
