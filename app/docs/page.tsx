import { openapi } from '@/app/openapi';
import { DocsPage } from '@/components/docs/docs-page';
import { originOfPage } from '@/lib/http/identity/page-origin';
import { apiReference } from '@/lib/page/api-reference';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ serverTexts }) => serverTexts.docs.heading);

/** The API of this server, for people who write programs. */
export default async function Docs() {
  const { serverTexts } = await pageTexts();
  return (
    <DocsPage
      words={serverTexts.docs}
      reference={apiReference(openapi())}
      origin={await originOfPage()}
    />
  );
}
