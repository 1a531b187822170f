import type { Metadata } from 'next';
import { openapi } from '@/app/openapi';
import { DocsPage } from '@/components/docs/docs-page';
import { originOfPage } from '@/lib/http/identity/page-origin';
import { apiReference } from '@/lib/page/api-reference';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(laterTexts.docs.heading) };

/** The API of this server, for people who write programs. */
export default async function Docs() {
  return <DocsPage reference={apiReference(openapi())} origin={await originOfPage()} />;
}
