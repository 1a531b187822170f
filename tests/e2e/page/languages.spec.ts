import type { Page } from '@playwright/test';
import { status } from '../../upstream/upstream';
import { expect, test } from '../fixtures';

test.use({ expected: /the server responded with a status of/ });

const SENTENCES = { en: 'Ask anything', de: 'Stell eine Frage' };

/** The languages in the scripts that a page has loaded since it was last asked. */
function loadedBy(page: Page): () => Promise<string[]> {
  const scripts = new Set<string>();
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.add(response.url());
  });
  return async () => {
    const loaded = [...scripts];
    scripts.clear();
    // Asked for again: a browser forgets the answers of a page that it has left.
    const all = await Promise.all(loaded.map(async (url) => (await page.request.get(url)).text()));
    return Object.entries(SENTENCES)
      .filter(([, sentence]) => all.some((script) => script.includes(sentence)))
      .map(([language]) => language);
  };
}

const spoken = (page: Page) => page.evaluate(() => document.documentElement.lang);

test.describe('a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('reads German on each page and of each failure, until English is chosen', async ({
    page,
    server,
  }) => {
    const loaded = loadedBy(page);
    await page.goto('/');
    expect(await spoken(page)).toBe('de');
    await expect(page.getByRole('heading', { name: 'Wie kann ich helfen?' })).toBeVisible();
    const field = page.getByRole('textbox', { name: 'Nachricht' });
    await field.fill('Guten Tag');
    await page.getByRole('button', { name: 'Senden' }).click();
    await expect(page.getByRole('button', { name: 'Neu schreiben' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible();

    server.upstream.behave(status(401));
    await field.fill('Noch eine Frage');
    await field.press('Enter');
    const failed = page.getByRole('article', { name: 'Nachricht ohne Antwort' });
    await expect(failed).toContainText('hat den API-Schlüssel nicht angenommen');
    await page.reload();
    await expect(failed).toContainText('hat den API-Schlüssel nicht angenommen');

    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Suche und Befehle' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Gedächtnis' }).click();
    await expect(page.getByText('Gedächtnis verwenden und aktualisieren')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.goto('/s');
    await expect(page.getByRole('heading', { name: 'Alle Chats' })).toBeVisible();
    await expect(page.getByText('Alle angezeigten auswählen')).toBeVisible();
    expect(await loaded()).toEqual(['de']);

    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await page.getByText('English', { exact: true }).click();
    // A choice alone does not reload: the arrow keys move through all of them.
    expect(await spoken(page)).toBe('de');
    await page.getByRole('button', { name: 'Neu laden' }).click();
    await expect(page.getByRole('heading', { name: 'All chats' })).toBeVisible();
    await page.goto('/');
    expect(await spoken(page)).toBe('en');
    await expect(page.getByRole('heading', { name: 'How can I help?' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    expect(await loaded()).toEqual(['en']);
  });
});

test('the markup of a page names the texts of its language, so that they load with its code', async ({
  request,
}) => {
  const page = await request.get('/', { headers: { 'Accept-Language': 'de-AT, en;q=0.5' } });
  const links = (await page.text()).match(/<link rel="preload"[^>]*>/g) ?? [];
  const scripts = links.flatMap((link) => /href="([^"]+\.js)"/.exec(link)?.[1] ?? []);
  const all = await Promise.all(scripts.map(async (url) => (await request.get(url)).text()));
  const said = all.join('\n');
  expect(said).toContain(SENTENCES.de);
  expect(said).not.toContain(SENTENCES.en);
});

test('from right to left the sidebar is on the right, and nothing is wider than the page', async ({
  page,
  baseURL,
}) => {
  await page.context().addCookies([{ name: 'ask_language', value: 'ar-XB', url: baseURL ?? '' }]);
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: '⟦How can I help?⟧' })).toBeVisible();
  const begin = page.getByRole('link', { name: '⟦New chat⟧' });
  const rightOf = async () => {
    const box = await begin.boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  const width = page.viewportSize()?.width ?? 0;
  expect(await rightOf()).toBeGreaterThan(width - 40);
  expect(await overflow()).toBeLessThanOrEqual(0);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(begin).not.toBeInViewport();
  await page.getByRole('button', { name: '⟦Chats⟧', exact: true }).click();
  await expect(begin).toBeInViewport();
  await expect.poll(rightOf).toBeGreaterThan(350);
  expect(await overflow()).toBeLessThanOrEqual(0);
});
