import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startApp, type RunningApp } from '../../programs/app';
import { startOpenIdProvider, type OpenIdProvider } from '../../programs/sign-in/openid-provider';
import { expectAccessible, expectAccessibleInBoth } from '../accessibility';
import { expect, test, testAtLength, waitForHydration } from '../fixtures';

const PASSWORD = 'a long enough password';

let folder: string;
let provider: OpenIdProvider;
let app: RunningApp;
/** By its name: an address has no passkeys. */
let origin: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-ways-'));
  provider = await startOpenIdProvider();
  app = await startApp({
    DATABASE_URI: `sqlite://${path.join(folder, 'app.db')}`,
    ACCESS: 'accounts',
    SIGN_UP: 'provider',
    SIGN_IN_RATE_LIMIT: '1000/minute',
    ...provider.configuration,
  });
  origin = app.url.replace('127.0.0.1', 'localhost');
  provider.allow(origin);
});
test.afterAll(async () => {
  await app.stop();
  await provider.close();
  rmSync(folder, { recursive: true });
});

async function newPage(browser: Browser, options: object = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  context.on('page', waitForHydration);
  return context.newPage();
}

/** A device that holds passkeys, and whose person confirms each use. */
async function giveAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/sign-in?next=/account');
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });

test('a person signs up and in with a passkey', async ({ browser }) => {
  const page = await newPage(browser);
  await giveAuthenticator(page);
  await page.goto('/');
  await page.getByLabel('Name or e-mail address').fill('Olga');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(composer(page)).toBeEditable();

  await page.goto('/account');
  await expectAccessibleInBoth(page);
  const passkeys = page.locator('section', {
    has: page.getByRole('heading', { name: 'Passkeys' }),
  });
  await passkeys.getByLabel('Name of the passkey').fill('Laptop');
  await passkeys.getByLabel('Current password').fill('a wrong password');
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(passkeys.getByText('do not match')).toBeVisible();
  await passkeys.getByLabel('Current password').fill(PASSWORD);
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(passkeys.getByText('never used')).toBeVisible();
  await expectAccessibleInBoth(page);

  await signOut(page);
  await expectAccessibleInBoth(page);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText('Signed in as Olga')).toBeVisible();
  await expect(passkeys.getByText('last used')).toBeVisible();

  // Removed, it works no more.
  await passkeys.getByRole('button', { name: 'Remove the passkey Laptop' }).click();
  await expect(passkeys.getByText('last used')).toHaveCount(0);
  await signOut(page);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText('This passkey is not known here')).toBeVisible();
  await expectAccessible(page);
});

testAtLength('where browsers make no passkeys the page says why', async ({ browser }) => {
  const page = await newPage(browser, { baseURL: app.url.replace('localhost', '127.0.0.1') });
  await page.goto('/sign-in');
  await expect(page.getByRole('link', { name: 'Continue with Example' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use a passkey' })).toHaveCount(0);
  await page.getByLabel('Name or e-mail address').fill('Olga');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(composer(page)).toBeEditable();
  await page.goto('/account');
  await expect(page.getByText('opened by an IP address')).toBeVisible();
});

test('a person signs in at a provider, with and without a script', async ({ browser }) => {
  provider.setPerson('ada', { email: 'ada@example.com', email_verified: true });
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL: origin, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto('/account');
    await page.getByRole('link', { name: 'Continue with Example' }).click();
    await expect(page.getByText('Signed in as ada@example.com')).toBeVisible();
  }
});

test('an account without a password sets one, and the operator sees how people sign in', async ({
  browser,
}) => {
  provider.setPerson('max', { name: 'Max' });
  const max = await newPage(browser);
  await max.goto('/account');
  await max.getByRole('link', { name: 'Continue with Example' }).click();
  await expect(max.getByText('Signed in as Max')).toBeVisible();
  await max.goto('/account');
  await max.getByRole('button', { name: 'Disconnect Example' }).click();
  await expect(max.getByText('the only way to sign in')).toBeVisible();
  await expectAccessibleInBoth(max);
  const form = max.locator('section', {
    has: max.getByRole('heading', { name: 'Set a password' }),
  });
  await form.getByLabel('New password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Set a password' }).click();
  await expect(max.getByRole('heading', { name: 'Change password' })).toBeVisible();
  await max.getByRole('button', { name: 'Disconnect Example' }).click();
  await expect(max.getByText('Connect your account at Example')).toBeVisible();

  const olga = await newPage(browser);
  await olga.goto('/people');
  await olga.getByLabel('Name or e-mail address').fill('Olga');
  await olga.getByLabel('Password').fill(PASSWORD);
  await olga.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(olga.getByText('Member · Example')).toBeVisible();
  await expect(olga.getByText('Member · Password')).toBeVisible();
  await expectAccessibleInBoth(olga);
});

testAtLength('the pages that links open are accessible in both themes', async ({ browser }) => {
  const page = await newPage(browser);
  for (const entrance of ['/sign-up', '/reset', '/device']) {
    await page.goto(entrance);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessibleInBoth(page);
  }
});
