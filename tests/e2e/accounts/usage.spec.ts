/** What was used, for a person and for an operator, and the line that says when a budget is nearly used. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { startApp, type RunningApp } from '../../programs/app';
import { startUpstream, type Upstream } from '../../upstream/upstream';
import { expectAccessibleInBoth } from '../accessibility';
import { chatOn, expect, test, waitForHydration } from '../fixtures';

const PASSWORD = 'a long enough password';
const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };
const PRICED = { id: 'priced', pricing: { prompt: '0.001', completion: '0.01' } };

let folder: string;
let upstream: Upstream;
let app: RunningApp;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-usage-'));
  upstream = await startUpstream();
  upstream.behaveListing(() => [200, { data: [PRICED] }]);
  app = await startApp({
    DATABASE_URI: `sqlite://${path.join(folder, 'app.db')}`,
    OPENAI_BASE_URL: upstream.url,
    CHAT_MEMORY_ENABLED: 'false',
    ACCESS: 'accounts',
    // A reply of the upstream costs 3.7 cents.
    CHAT_PERSON_BUDGET: '0.08/month',
    CHAT_REPLY_MAX_TOKENS: '3',
    SIGN_IN_RATE_LIMIT: '1000/minute',
  });
});
test.afterAll(async () => {
  await app.stop();
  await upstream.close();
  rmSync(folder, { recursive: true });
});

async function signUp(name: string, link?: string): Promise<BrowserClient> {
  const client = browserClient(app.url);
  await client.call('POST', '/api/auth/sign-up', { name, password: PASSWORD, link });
  return client;
}

async function pageOf(browser: Browser, { jar }: BrowserClient, options = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, ...options });
  const cookies = Array.from(jar, ([name, value]) => ({ name, value, url: app.url }));
  await context.addCookies(cookies);
  context.on('page', waitForHydration);
  return context.newPage();
}

test('people see what they used and what is left, and an operator what everybody used', async ({
  browser,
}) => {
  const olga = await signUp('Olga');
  const { body } = await olga.call('POST', '/api/auth/links', { kind: 'invitation' });
  const ada = await signUp('Ada', body.token as string);

  const page = await pageOf(browser, ada);
  const chat = chatOn(page);
  await chat.open();
  await chat.ask('one');
  await expect(page.getByText('of your budget for this month')).toBeHidden();
  await chat.ask('two');
  const hint = page.getByText('92% of your budget for this month is used: $0.0060 left.');
  await expect(hint).toBeVisible();
  await chat.ask('three');
  await expect(page.getByText('Your budget for this month is used up.')).toBeVisible();
  await chat.send('four');
  await expect(page.getByText('You have used up your budget for this month.')).toBeVisible();
  expect(upstream.requests).toHaveLength(3);

  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'Usage' }).click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Your budget' })).toContainText(
    '$0.00 of $0.08 left',
  );
  const today = page.getByRole('region', { name: 'Usage by day' }).getByRole('row').nth(1);
  await expect(today.getByRole('cell')).toHaveText(['3', '0', '21', '9', '$0.11', / s$/, / s$/]);
  await expect(page.getByRole('link', { name: 'Everybody’s' })).toBeHidden();
  await expectAccessibleInBoth(page);
  await page.getByRole('link', { name: 'By model' }).click();
  await expect(page.getByRole('rowheader', { name: 'priced' })).toBeVisible();
  await page.goto('/usage?whose=everyone&by=person');
  await expect(page.getByRole('link', { name: 'By day' })).toHaveAttribute('aria-current', 'page');

  const phone = await pageOf(browser, olga, PHONE);
  await phone.goto('/usage');
  await expect(phone.getByText('Nothing was used in this time.')).toBeVisible();
  await phone.getByRole('link', { name: 'Everybody’s' }).click();
  await phone.getByRole('link', { name: 'By person' }).click();
  await expect(phone.getByRole('rowheader', { name: 'Ada' })).toBeVisible();
  const width = () => phone.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(390);
  await expectAccessibleInBoth(phone);
  const download = phone.waitForEvent('download');
  await phone.getByRole('link', { name: 'Download as CSV' }).click();
  const file = await (await download).path();
  expect(await readFile(file, 'utf8')).toMatch(
    /^person,name,turns,.*\r\n"user:[^"]+","Ada",3,0,21,9,0\.111000,0,\d+,\d+\r\n$/,
  );
  await page.context().close();
  await phone.context().close();
});
