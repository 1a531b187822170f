import type { Route } from '@playwright/test';
import { answer } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { above, settled } from '../replies/scrolling';
import { act, row } from './session-rows';

/** More than one screen of text. */
const LONG = Array.from({ length: 80 }, (_, n) => `Line ${String(n)}\n\n`).join('');

test('the scroll position stays when another tab writes, and moves to the end with one’s own message', async ({
  chat,
  page,
  context,
  server,
}) => {
  server.upstream.behave(answer(LONG));
  await chat.open();
  await chat.ask('Tell me much');
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator('.reply')).toContainText('Line 79');
  const scroller = page.getByRole('region', { name: 'Messages' });
  const first = chat.replies().first().getByText('Line 5', { exact: true });
  await first.scrollIntoViewIfNeeded();
  const latest = page.getByRole('button', { name: 'Jump to latest' });
  await expect(latest).toBeVisible();
  const place = () => first.evaluate((node) => Math.round(node.getBoundingClientRect().top));
  await scroller.evaluate(settled);
  const before = await place();
  await other.getByRole('textbox', { name: 'Message' }).fill('From the other tab');
  await other.keyboard.press('Enter');
  await expect(chat.replies()).toHaveCount(2);
  await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
  await scroller.evaluate(settled);
  expect(Math.abs((await place()) - before)).toBeLessThan(4);
  await expect(latest).toBeVisible();
  await chat.send('My own');
  await expect(latest).toHaveCount(0);
  await expect.poll(() => above(page)).toBeLessThan(80);
});

test.describe('without the change feed', () => {
  test.use({ expected: /net::ERR_FAILED|the server responded with a status of/ });

  testAtLength('a restored session appears at once', async ({ chat, page, context }) => {
    await chat.open();
    await chat.ask('Shared');
    const other = await context.newPage();
    await other.goto(page.url());
    await act(other, 'Shared', 'Delete');
    const gone = page.getByRole('alert').filter({ hasText: 'This chat was deleted' });
    await expect(gone).toBeVisible();
    await page.route('**/api/sessions/changes', (route) => route.abort());
    await page.evaluate(() => {
      // A tab that becomes visible opens its feed again.
      Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      Object.defineProperty(document, 'hidden', { get: () => false, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await gone.getByRole('button', { name: 'Restore' }).click();
    await expect(chat.replies()).toHaveText([/Hello from upstream/]);
  });

  testAtLength(
    'a session that the sidebar does not list shows its new title at once, and gets no row',
    async ({ chat, page }) => {
      await chat.open();
      await chat.ask('Old one');
      // The page as if a hundred other sessions were newer.
      const unlisted = async (route: Route) => {
        const response = await route.fetch();
        const shown = (await response.json()) as object;
        await route.fulfill({ response, json: { ...shown, sessions: [], hasMore: true } });
      };
      await page.route('**/api/page?*', unlisted);
      await page.evaluate(() => {
        dispatchEvent(new PopStateEvent('popstate'));
      });
      await expect(row(page, 'Old one')).toHaveCount(0);
      await page.route('**/api/page?*', (route) => route.abort());
      const actions = page.getByRole('main').getByRole('button', { name: /Actions/ });
      await actions.click();
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByRole('textbox', { name: 'Name of the chat' }).fill('New name');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'New name' })).toBeVisible();
      await page.route('**/api/sessions/*', (route) => route.abort());
      await actions.click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await expect(page.getByText('Could not delete the chat.')).toBeVisible();
      await expect(row(page, 'New name')).toHaveCount(0);
    },
  );
});
