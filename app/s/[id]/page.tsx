import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SessionScreen } from '@/components/chat/session-screen';
import { shownTitle } from '@/lib/sessions/title';
import { modelList, sessionPage } from '../../page-data';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await sessionPage((await params).id);
  return { title: `${page ? shownTitle(page) : 'Not found'} · Ask-Next` };
}

export default async function SessionPage({ params }: Props) {
  const [page, models] = await Promise.all([sessionPage((await params).id), modelList()]);
  if (!page) notFound();
  return <SessionScreen page={page} models={models} />;
}
