import type { Page } from '@playwright/test';
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

  test('notices of replies tell each time, lead to the tab that shows them, and go with the data', async ({
    chat,
    page,
    context,
    server,
  }) => {
    server.upstream.behave(answer('First'), answer('Second'));
    await page.addInitScript(keepNotices);
    await chat.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await hide(page, true);
    const notices = () =>
      page.evaluate(() => JSON.parse(localStorage.getItem('notices') ?? '[]') as unknown);
    const told = (body: string) => expect.objectContaining({ body, renotify: true }) as unknown;
    // A script, not a navigation, sets the address of the session.
    await chat.send('One');
    await expect.poll(notices).toEqual([told('First')]);
    await chat.send('Two');
    await expect.poll(notices).toEqual([told('First'), told('Second')]);
    const url = page.url();
    expect(url).toContain('/s/');
    const led = await context.serviceWorkers()[0]?.evaluate(clickNotice, url);
    expect(led).toBe('to a tab');
    await hide(page, false);
    await page.getByRole('button', { name: 'Your data' }).click();
    await page.getByRole('menuitem', { name: 'Delete everything…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete everything?' });
    await dialog.getByRole('textbox').fill('delete');
    await dialog.getByRole('button', { name: 'Delete everything' }).click();
    await expect(page.getByText('All your data was deleted.')).toBeVisible();
    expect(await notices()).toEqual([]);
  });
});

const hide = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

/** In the page: keeps notices in its storage, since a browser without a screen allows none. */
function keepNotices(): void {
  localStorage.setItem('ask-next:notices', 'on');
  Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
  const all = () => JSON.parse(localStorage.getItem('notices') ?? '[]') as { title: string }[];
  const keep = (notices: readonly object[]) => {
    localStorage.setItem('notices', JSON.stringify(notices));
  };
  Object.assign(ServiceWorkerRegistration.prototype, {
    showNotification: async (title: string, options: object) => {
      keep([...all(), { title, ...options }]);
      return Promise.resolve();
    },
    getNotifications: () =>
      Promise.resolve(
        all().map(({ title }) => ({
          close: () => {
            keep(all().filter((notice) => notice.title !== title));
          },
        })),
      ),
  });
}

/** In the worker: what a click on a notice of this address leads to. Only a person's own click may show a tab. */
function clickNotice(url: string): Promise<string> {
  const worker = globalThis as unknown as WorkerOfNotices;
  return new Promise((resolve) => {
    worker.WindowClient.prototype.focus = () => {
      resolve('to a tab');
    };
    worker.Clients.prototype.openWindow = () => {
      resolve('to a new window');
    };
    const notification = { data: { url }, close: () => undefined };
    const click = new Event('notificationclick');
    worker.dispatchEvent(Object.assign(click, { notification, waitUntil: () => undefined }));
  });
}

/** TypeScript's types of workers and of pages exclude each other. */
interface WorkerOfNotices {
  readonly WindowClient: { readonly prototype: { focus: () => void } };
  readonly Clients: { readonly prototype: { openWindow: () => void } };
  dispatchEvent(event: Event): boolean;
}

test('a reply that ends in a hidden tab marks the title until the tab is seen', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(answer('Done'));
  await chat.open();
  await hide(page, true);
  await chat.send('Take your time');
  await expect(page).toHaveTitle(/^● /);
  await hide(page, false);
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
