import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { apiClient } from '../../programs/api-client';
import { startApp, type RunningApp } from '../../programs/app';
import { expectAccessible } from '../accessibility';
import { expect, test, testAtLength, waitForHydration } from '../fixtures';

// One after the other: in parallel each would start an app of its own.
test.describe.configure({ mode: 'default' });

/** As a proxy in front would name the person; with the demo model. */
let app: RunningApp;
let folder: string;
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-keys-'));
  app = await startApp({
    DATABASE_URI: `sqlite://${folder}/app.db`,
    ACCESS: 'proxy',
    PROXY_USER_FROM: 'loopback',
  });
});
test.afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };

async function pageOf(browser: Browser, name: string, device: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    baseURL: app.url,
    extraHTTPHeaders: { 'Remote-User': name },
    ...device,
  });
  context.on('page', waitForHydration);
  const page = await context.newPage();
  await page.goto('/');
  return page;
}

async function openKeys(page: Page) {
  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'API keys…' }).click();
  return page.getByRole('dialog', { name: 'API keys' });
}

test('a key is made, shown once, used and revoked; its session shows in the page', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'ada');
  const panel = await openKeys(page);
  await expect(panel.getByText('You have no keys.')).toBeVisible();
  await expectAccessible(page);
  const make = panel.getByRole('button', { name: 'Make key' });
  await expect(make).toHaveAttribute('aria-disabled', 'true');
  await panel.getByRole('textbox', { name: 'Name' }).fill('Nightly');
  await panel.getByRole('checkbox', { name: 'usage:read' }).check();
  await panel.getByRole('combobox', { name: 'Ends' }).selectOption('in 30 days');
  await make.click();
  await expect(panel.getByRole('heading', { name: 'The key “Nightly”' })).toBeFocused();
  const secret = (await panel.locator('pre').textContent()) ?? '';
  expect(secret).toMatch(/^ask_[\w-]{43}$/);
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Done' }).click();
  await expect(panel.getByText(secret)).toHaveCount(0);

  const program = apiClient(app.url, secret);
  await program.createSession('Made by a program');
  const row = page.getByRole('link', { name: 'Made by a program' });
  await panel.getByRole('button', { name: 'Close API keys' }).click();
  await expect(row).toBeVisible();

  const again = await openKeys(page);
  const item = again.getByRole('listitem').filter({ hasText: 'Nightly' });
  await expect(item).toContainText('chat, sessions:read, sessions:write, usage:read');
  await expect(item).toContainText(/Last used .* · Ends /);
  await item.getByRole('button', { name: 'Revoke Nightly' }).click();
  await item.getByRole('button', { name: 'Cancel' }).click();
  await expect(item.getByRole('button', { name: 'Revoke Nightly' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(item.getByRole('alert')).toContainText('Revoke “Nightly”?');
  await expectAccessible(page);
  await item.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(again.getByText('You have no keys.')).toBeVisible();
  await expect(again.getByRole('heading', { name: 'API keys' })).toBeFocused();
  expect((await program.call('GET', '/api/sessions')).status).toBe(401);
  await page.context().close();
});

testAtLength('on a phone the panel fits the screen, and a key can be made', async ({ browser }) => {
  const page = await pageOf(browser, 'grace', PHONE);
  await page.getByRole('button', { name: 'Chats', exact: true }).click();
  const panel = await openKeys(page);
  await panel
    .getByRole('textbox', { name: 'Name' })
    .fill('A name that is as long as it may be, so wide');
  await panel.getByRole('button', { name: 'Make key' }).click();
  await expect(panel.locator('pre')).toHaveText(/^ask_/);
  const width = await panel.evaluate((shown) => shown.scrollWidth - shown.clientWidth);
  expect(width).toBe(0);
  await expectAccessible(page);
  await page.context().close();
});

test('a visitor has no keys, so the menu has none', async ({ chat, page }) => {
  await chat.open();
  await page.getByRole('button', { name: 'Your data' }).click();
  await expect(page.getByRole('menuitem', { name: 'About me…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'API keys…' })).toHaveCount(0);
});
