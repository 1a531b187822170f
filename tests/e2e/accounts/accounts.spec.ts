import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startApp, type RunningApp } from '../../programs/app';
import { startUpstream, type Upstream } from '../../upstream/upstream';
import { expectAccessible, expectAccessibleInBoth } from '../accessibility';
import { chatOn, expect, test, waitForHydration } from '../fixtures';

const PASSWORD = 'a long enough password';
const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };

let folder: string;
let upstream: Upstream;
let configuration: Record<string, string>;
let app: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-accounts-'));
  upstream = await startUpstream();
  configuration = {
    DATABASE_URI: `sqlite://${path.join(folder, 'app.db')}`,
    OPENAI_BASE_URL: upstream.url,
    CHAT_MEMORY_ENABLED: 'false',
    SIGN_IN_RATE_LIMIT: '1000/minute',
  };
  app = await startApp(configuration);
});
test.afterAll(async () => {
  await app.stop();
  await upstream.close();
  rmSync(folder, { recursive: true });
});

async function newPage(browser: Browser, options: object = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ baseURL: app.url, ...options });
  context.on('page', waitForHydration);
  return context.newPage();
}

async function fill(page: Page, name: string | null, password: string | null): Promise<void> {
  if (name !== null) await page.getByLabel('Name or e-mail address').fill(name);
  if (password !== null) await page.getByLabel(/password/i).fill(password);
}

test('people sign in on desktop and phone, and what they had before comes along', async ({
  browser,
}) => {
  // A visitor of an open server chats, and then its operator turns accounts on.
  const olga = await newPage(browser);
  await chatOn(olga).open();
  await chatOn(olga).ask('Before there were accounts');
  const session = new URL(olga.url()).pathname;
  const port = new URL(app.url).port;
  await app.stop();
  app = await startApp({ ...configuration, ACCESS: 'accounts', PORT: port });

  await olga.goto(session);
  await expect(olga.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await expectAccessible(olga);
  await fill(olga, 'Olga', PASSWORD);
  await olga.getByRole('button', { name: 'Create account' }).click();
  await expect(olga.getByText('This browser has a chat from before')).toBeVisible();
  await expectAccessibleInBoth(olga);
  await olga.getByRole('button', { name: 'Bring them along' }).click();
  await expect(olga.getByRole('link', { name: 'Before there were accounts' })).toBeVisible();

  // Her phone: the same chats, live.
  const phone = await newPage(browser, PHONE);
  await phone.goto(session);
  await expect(phone.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expectAccessible(phone);
  await fill(phone, 'olga', 'a wrong password');
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await expect(phone.getByText('This name and password do not match')).toBeVisible();
  await fill(phone, null, PASSWORD);
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await expect(phone.locator('.reply')).toHaveCount(1);
  await olga.goto(session);
  await chatOn(olga).ask('And now on both');
  await expect(phone.locator('.reply')).toHaveCount(2);

  // She invites Max.
  await olga.goto('/people');
  await olga.getByLabel('For whom?').fill('Max');
  await olga.getByRole('button', { name: 'Make an invitation' }).click();
  const invitation = await olga.locator('.account-link code').textContent();
  await expect(olga.getByText('Invitation: Max')).toBeVisible();
  await expectAccessible(olga);
  const max = await newPage(browser, { colorScheme: 'dark' });
  await max.goto(invitation ?? '');
  await fill(max, 'Max', PASSWORD);
  await max.getByRole('button', { name: 'Create account' }).click();
  await expect(max.getByRole('textbox', { name: 'Message' })).toBeEditable();
  await expect(max.getByRole('link', { name: 'Before there were accounts' })).toHaveCount(0);
  await max.goto('/people');
  await expect(max.getByRole('heading', { name: 'Page not found' })).toBeVisible();

  // She signs her phone out from the desktop.
  await olga.goto('/account');
  await expectAccessible(olga);
  await olga.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(olga.getByText('Last used')).toHaveCount(0);
  await phone.goto('/account');
  await expect(phone.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  // Max leaves.
  await max.goto('/account');
  await max.getByLabel('I understand').check();
  await max.getByRole('button', { name: 'Delete account' }).click();
  await expect(max.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await fill(max, 'Max', PASSWORD);
  await max.getByRole('button', { name: 'Sign in' }).click();
  await expect(max.getByText('This name and password do not match')).toBeVisible();
});

test('the operator changes the server’s settings, and sees who changed what', async ({
  browser,
}) => {
  const olga = await newPage(browser);
  await olga.goto('/sign-in?next=/settings');
  await fill(olga, 'Olga', PASSWORD);
  await olga.getByRole('button', { name: 'Sign in' }).click();
  await expect(olga.getByRole('heading', { name: 'Server settings' })).toBeVisible();
  await expect(olga.getByLabel('Messages of one person')).toHaveAttribute(
    'placeholder',
    /20\/minute/,
  );
  const rate = olga.getByLabel('Messages of one person');
  await rate.fill('often');
  await olga.getByRole('button', { name: 'Save' }).click();
  await expect(rate).toHaveAccessibleDescription(/must look like/);
  await expectAccessibleInBoth(olga);
  await rate.fill('');
  await olga.getByLabel('Offered models').fill('small, large');
  await olga.getByLabel('Instructions').fill('Be brief.\nSpeak plainly.');
  await olga.getByRole('button', { name: 'Save' }).click();
  await expect(olga.getByText('Saved.')).toBeVisible();
  const changes = olga.getByRole('listitem').filter({ hasText: 'Olga' });
  await expect(changes).toHaveCount(2);
  await expect(changes.filter({ hasText: 'small, large' })).toBeVisible();
  await expectAccessibleInBoth(olga);
  await olga.getByRole('button', { name: 'Save' }).click();
  await expect(olga.getByText('Nothing has changed.')).toBeVisible();
  await olga.reload();
  await expect(olga.getByLabel('Instructions')).toHaveValue('Be brief.\nSpeak plainly.');
  await olga.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(olga);
  const overflow = await olga.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await olga.goto('/settings');
  await olga.getByRole('link', { name: 'Check the server' }).click();
  await olga.getByRole('button', { name: 'Check now' }).click();
  await expect(olga.getByText('small answers within')).toBeVisible();
  await expectAccessibleInBoth(olga);
  await olga.goto('/');
  await expect(olga.getByRole('combobox', { name: 'Model' })).toHaveValue('small');
});
