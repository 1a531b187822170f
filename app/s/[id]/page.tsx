import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SessionScreen } from '@/components/chat/session-screen';
import { TrashedScreen } from '@/components/chat/trashed-screen';
import { shownTitle } from '@/lib/sessions/title';
import { modelList } from '../../page-data';
import { deletedSession } from '../../session-lists';
import { sessionPage } from '../../session-page-data';
import { pageTexts } from '@/lib/http/identity/asked-language';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const { texts, serverTexts } = await pageTexts();
  const session = (await sessionPage(id)) ?? (await deletedSession(id));
  const { shell, sessions } = texts;
  return {
    title: shell.titled(
      session ? shownTitle(session, sessions.untitled) : serverTexts.notFound.title,
    ),
  };
}

export default async function SessionPage({ params }: Props) {
  const { id } = await params;
  const page = await sessionPage(id);
  if (page) return <SessionScreen page={page} models={await modelList()} />;
  const deleted = await deletedSession(id);
  if (!deleted) notFound();
  return <TrashedScreen session={deleted} />;
}
