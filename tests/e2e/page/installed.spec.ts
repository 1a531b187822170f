import { answer } from '../../upstream/upstream';
import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

test.describe('as an installed app', () => {
  test.use({ serviceWorkers: 'allow', expected: /ERR_INTERNET_DISCONNECTED|Failed to load/ });

  test('without a connection a page of ours keeps the draft, and opens what was asked for later', async ({
    chat,
    page,
    context,
  }) => {
    await chat.open();
    const manifest = await page.locator('link[rel="manifest"]').getAttribute('href');
    const { icons } = (await (await page.request.get(manifest ?? '')).json()) as {
      icons: { src: string }[];
    };
    for (const { src } of icons) {
      const icon = await page.request.get(`/pwa/${src}`);
      expect(icon.headers()['content-type']).toBe('image/png');
    }
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
    await context.setOffline(true);
    await page.reload({ waitUntil: 'commit' });
    await expect(page.getByRole('heading', { name: "Can't reach the server" })).toBeVisible();
    await expect(page.getByRole('textbox', { name: /Your draft/ })).toHaveValue('Half a thought');
    await expect(page.getByRole('status')).toContainText('This device is offline');
    await expectAccessible(page);
    // Nothing but the page itself is kept: no conversation, no code.
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept.every((path) => path.startsWith('/pwa/'))).toBe(true);
    await context.setOffline(false);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  });
});

test('a reply that ends in a hidden tab marks the title until the tab is seen', async ({
  chat,
  page,
  server,
}) => {
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  server.upstream.behave(answer('Done'));
  await chat.open();
  await hide(true);
  await chat.send('Take your time');
  await expect(page).toHaveTitle(/^● /);
  await hide(false);
  await expect(page).not.toHaveTitle(/^● /);
});

test('the list of shortcuts opens by its keys and from the palette, and closes', async ({
  chat,
  page,
}) => {
  await chat.open();
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.press('?');
  await expect(field).toHaveValue('?');
  await expect(list).toBeHidden();
  await page.keyboard.press('ControlOrMeta+/');
  await expect(list.getByText('Search and commands')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(field).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('option', { name: 'Keyboard shortcuts' }).click();
  await expect(list).toBeVisible();
  await list.getByRole('button', { name: 'Close' }).click();
  await expect(list).toBeHidden();
});
