import type { Page } from '@playwright/test';
import { answer } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { act, changed, row } from './session-rows';

const group = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Your chats' })
    .locator('section')
    .filter({ has: page.getByRole('heading', { name }) })
    .getByRole('listitem');

test('pinned sessions stand first under their own heading, in every tab, until unpinned', async ({
  chat,
  page,
  context,
}) => {
  await chat.open();
  await chat.ask('Older');
  await chat.openNew();
  await chat.ask('Newer');
  const other = await context.newPage();
  await other.goto('/');
  await expect(group(other, 'Today')).toHaveText([/Newer/, /Older/]);
  await changed(page, () => act(page, 'Older', 'Pin'));
  for (const tab of [page, other]) {
    await expect(group(tab, 'Pinned')).toHaveText([/Older/]);
    await expect(group(tab, 'Today')).toHaveText([/Newer/]);
  }
  await page.reload();
  await expect(group(page, 'Pinned')).toHaveText([/Older/]);
  await changed(page, () => act(page, 'Older', 'Unpin'));
  await expect(group(page, 'Pinned')).toHaveCount(0);
  await expect(group(other, 'Today')).toHaveText([/Newer/, /Older/]);
});

test('an archived session leaves the list, Undo brings it back, and so does a new message', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Put away');
  const address = page.url();
  await changed(page, () => act(page, 'Put away', 'Archive'));
  await expect(page).toHaveURL('/');
  await expect(row(page, 'Put away')).toHaveCount(0);
  await changed(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await expect(page).toHaveURL(address);
  await expect(row(page, 'Put away')).toBeVisible();

  await changed(page, () => act(page, 'Put away', 'Archive'));
  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'Archived' }).click();
  await expect(page.getByRole('heading', { name: 'Archived' })).toBeVisible();
  const archived = page.getByRole('main').getByRole('listitem');
  await expect(archived).toHaveText([/Put away.*Archived today/]);
  await archived.getByRole('link', { name: 'Put away' }).click();
  await expect(chat.replies()).toHaveCount(1);
  await expect(row(page, 'Put away')).toHaveCount(0);
  await chat.ask('And again');
  await expect(row(page, 'Put away')).toBeVisible();
});

test('an archived session is unarchived from its page and from the list of archived ones', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Kept');
  const address = page.url();
  await changed(page, () => act(page, 'Kept', 'Archive'));
  await page.goto(address);
  await page.getByRole('main').getByRole('button', { name: 'Actions for Kept' }).click();
  await changed(page, () => page.getByRole('menuitem', { name: 'Unarchive' }).click());
  await expect(row(page, 'Kept')).toBeVisible();
  await changed(page, () => act(page, 'Kept', 'Archive'));
  await page.goto('/archived');
  await changed(page, () => page.getByRole('button', { name: 'Unarchive Kept' }).click());
  await expect(page.getByText('No archived chats.')).toBeVisible();
  await expect(row(page, 'Kept')).toBeVisible();
});

test('a new session gets its title from the model, on the page that is open', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behaveTitling(answer('“Bread at home.”'));
  await chat.open();
  await chat.ask('How do I bake bread?');
  await expect(row(page, 'Bread at home')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Bread at home' })).toBeVisible();
  await expect(page).toHaveTitle(/^Bread at home/);
});

test.describe('when the server refuses', () => {
  test.use({ expected: /net::ERR_FAILED/ });

  testAtLength(
    'a session that cannot be pinned or archived is shown as it was, with the reason',
    async ({ chat, page }) => {
      await chat.open();
      await chat.ask('Stays');
      await page.route(/\/api\/sessions\/[^/]+$/, (route) => route.abort());
      await act(page, 'Stays', 'Pin');
      await expect(page.getByText('Could not pin the chat.')).toBeVisible();
      await expect(group(page, 'Today')).toHaveText([/Stays/]);
      await expect(group(page, 'Pinned')).toHaveCount(0);
      await act(page, 'Stays', 'Archive');
      await expect(page.getByText('Could not archive the chat.')).toBeVisible();
      await expect(row(page, 'Stays')).toBeVisible();
      await expect(chat.replies()).toHaveText(/Hello from upstream/);
    },
  );
});
