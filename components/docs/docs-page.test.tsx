import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DocsPage } from './docs-page';
import { openapiDocument } from '@/lib/openapi/document';
import { ClientStateContext, openClientState } from '@/lib/client/page/client-state';
import { DrawerContext } from '@/components/ui/drawer';
import { closedDrawer } from '@/components/ui/testing';
import { apiReference } from '@/lib/page/api-reference';
import { inEnglish } from '@/components/languages/testing';
import { docs } from '@/lib/texts/en/programs/docs';
import { texts } from '@/lib/texts/en/texts';

test('the page about the API has every call, each with an example, and no field without a kind', () => {
  const document = openapiDocument({ version: '1.0.0', memoryMaxChars: 2000 });
  const origin = 'https://ask.example';
  const html = renderToStaticMarkup(
    inEnglish(
      <ClientStateContext value={openClientState(texts)}>
        <DrawerContext value={closedDrawer}>
          <DocsPage words={docs} reference={apiReference(document)} origin={origin} />
        </DrawerContext>
      </ClientStateContext>,
    ),
  );
  for (const [path, methods] of Object.entries(document.paths)) {
    expect(html).toContain(`<code>${path}</code>`);
    for (const method of Object.keys(methods))
      expect(html).toContain(`docs-method">${method.toUpperCase()}</span>`);
  }
  expect(html.match(new RegExp(`curl[^<]*${origin}`, 'g'))?.length).toBeGreaterThan(40);
  expect(html).not.toMatch(/undefined|\[object/);
});
