import type { Metadata } from 'next';
import { ListPage } from '@/components/lists/list-page';
import { browserPreferences } from '../page-data';
import { listPage, type ListPageProps } from '../session-lists';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.archive.archived) };

/** Lists the archived sessions, in pages. */
export default async function ArchivedPage({ searchParams }: ListPageProps) {
  const [page, { timeZone }] = await Promise.all([
    listPage('archived', searchParams),
    browserPreferences(),
  ]);
  return <ListPage list="archived" page={page} timeZone={timeZone} />;
}
