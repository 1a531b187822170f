import type { Page } from '@playwright/test';
import { answer } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { act, row } from './session-rows';

const EMPTY = 'No chats yet. They are saved here, for you only.';

async function askToDelete(page: Page) {
  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'Delete everything…' }).click();
  return page.getByRole('dialog', { name: 'Delete everything?' });
}

/** What the app stores in the browser. */
const kept = (page: Page) =>
  page.evaluate(() =>
    [localStorage, sessionStorage]
      .flatMap((storage) => Object.keys(storage))
      .filter((key) => key.startsWith('ask-next:')),
  );

test('deleting everything asks to type a word, and Cancel restores the focus', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Stays');
  const dialog = await askToDelete(page);
  await expect(dialog).toContainText('cannot be undone');
  const button = dialog.getByRole('button', { name: 'Delete everything' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill('delet');
  await dialog.getByRole('textbox').press('Enter');
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Your data' })).toBeFocused();
  await expect(row(page, 'Stays')).toBeVisible();
});

test('deleting everything removes sessions, drafts in this browser, and what other tabs show', async ({
  chat,
  page,
  context,
}) => {
  await chat.open();
  await chat.ask('Secret');
  const address = page.url();
  await page.getByRole('textbox', { name: 'Message' }).fill('Half a secret');
  const other = await context.newPage();
  await other.goto(address);
  await other.getByRole('textbox', { name: 'Message' }).fill('Another half');
  const dialog = await askToDelete(page);
  await dialog.getByRole('textbox').fill('Delete ');
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByText('All your data was deleted.')).toBeVisible();
  for (const tab of [page, other]) {
    await expect(tab).toHaveURL(/:\d+\/$/);
    await expect(tab.getByText(EMPTY)).toBeVisible();
    await expect(tab.getByRole('textbox', { name: 'Message' })).toHaveValue('');
    expect(await kept(tab)).toEqual([]);
  }
  const id = address.split('/').at(-1) ?? '';
  const restored = await page.request.post(`/api/sessions/${id}/restore`, {
    headers: { Origin: new URL(address).origin },
  });
  expect(restored.status()).toBe(404);
});

test.describe('when the server fails to delete', () => {
  test.use({ expected: /the server responded with a status of 503/ });

  testAtLength(
    'nothing in the browser is deleted either, and the dialog shows the error',
    async ({ chat, page }) => {
      await chat.open();
      await chat.ask('Stays');
      await page.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
      await page.route('**/api/sessions?everything=true', (route) =>
        route.fulfill({
          status: 503,
          json: {
            error: 'Service temporarily unavailable',
            code: 503,
            kind: 'unavailable',
            reason: 'store',
            request_id: 'r',
          },
        }),
      );
      const dialog = await askToDelete(page);
      await dialog.getByRole('textbox').fill('delete');
      await dialog.getByRole('button', { name: 'Delete everything' }).click();
      await expect(dialog.getByRole('alert')).toContainText('Try again in a moment.');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
      await expect(row(page, 'Stays')).toBeVisible();
    },
  );
});

test('deleted sessions are removed permanently when their list is emptied, after confirming', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Goes');
  await expect(page).toHaveURL(/\/s\//);
  const address = page.url();
  await chat.openNew();
  await chat.ask('Stays');
  const answered = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await act(page, 'Goes', 'Delete');
  await answered;
  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'Recently deleted' }).click();
  const deleted = page.getByRole('main').getByRole('listitem');
  await expect(deleted).toHaveText([/Goes/]);
  const button = page.getByRole('main').getByRole('button', { name: 'Empty…' });
  await button.click();
  const dialog = page.getByRole('dialog', { name: 'Empty “Recently deleted”?' });
  await expect(dialog).toContainText('cannot be undone');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(deleted).toHaveText([/Goes/]);
  await button.click();
  await dialog.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(page.getByText('No deleted chats.')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(deleted).toHaveCount(0);
  await expect(button).toHaveCount(0);
  await expect(row(page, 'Stays')).toBeVisible();
  const id = address.split('/').at(-1) ?? '';
  const restored = await page.request.post(`/api/sessions/${id}/restore`, {
    headers: { Origin: new URL(address).origin },
  });
  expect(restored.status()).toBe(404);
});

test('one deleted session is removed permanently, after confirming, and the others stay', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Goes');
  await expect(page).toHaveURL(/\/s\//);
  await chat.openNew();
  await chat.ask('Stays');
  for (const title of ['Goes', 'Stays']) {
    const answered = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await act(page, title, 'Delete');
    await answered;
  }
  await page.goto('/deleted');
  const deleted = page.getByRole('main').getByRole('listitem');
  await expect(deleted).toHaveText([/Stays/, /Goes/]);
  await page.getByRole('button', { name: 'Delete Goes permanently…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Goes” permanently?' });
  await expect(dialog).toContainText('cannot be undone');
  await dialog.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(deleted).toHaveText([/Stays/]);
  await expect(dialog).toHaveCount(0);
  await deleted.getByRole('button', { name: 'Restore Stays' }).click();
  await expect(chat.replies()).toHaveText([/Hello from upstream/]);
});

test('a memory is deleted with its history, after confirming', async ({ chat, page, server }) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  await chat.open();
  await chat.ask('I like tea');
  await page.getByRole('button', { name: 'Memory' }).click();
  const panel = page.getByRole('dialog', { name: 'Memory' });
  const text = panel.getByRole('textbox', { name: 'Memory of this chat' });
  const undo = panel.getByRole('button', { name: /^Undo/ });
  await expect(panel.getByRole('list', { name: 'Memory of this chat' })).toHaveText('likes tea');
  await panel.getByRole('button', { name: 'Forget all', exact: true }).click();
  await expect(text).toHaveValue('');
  await expect(undo).toHaveCount(2);
  const history = panel.getByRole('button', { name: 'Forget text and history…' });
  await history.click();
  await panel.getByRole('button', { name: 'Keep it' }).click();
  await expect(undo).toHaveCount(2);
  await history.click();
  await panel.getByRole('button', { name: 'Forget permanently' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(0);
  await expect(text).toHaveValue('');
  const id = page.url().split('/').at(-1) ?? '';
  const revisions = await page.request.get(`/api/sessions/${id}/memory/revisions`);
  expect(await revisions.text()).not.toContain('tea');
});
