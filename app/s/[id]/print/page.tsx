import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PrintedSession } from '@/components/print/printed-session';
import { shownTitle } from '@/lib/sessions/title';
import { printedSession } from '../../../printed-session-data';
import { sessionPage } from '../../../session-page-data';
import { pageTexts } from '@/lib/http/identity/asked-language';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const session = await sessionPage((await params).id);
  const { texts, serverTexts } = await pageTexts();
  return {
    title: session ? shownTitle(session, texts.sessions.untitled) : serverTexts.notFound.title,
  };
}

/** The whole shown branch, to print or to save as PDF: a session's own page loads its messages in steps. */
export default async function PrintPage({ params }: Props) {
  const session = await printedSession((await params).id);
  if (!session) notFound();
  return <PrintedSession session={session} />;
}
