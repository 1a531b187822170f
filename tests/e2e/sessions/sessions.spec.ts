import { readFile } from 'node:fs/promises';
import Sqlite from 'better-sqlite3';
import { expect, test, testAtLength } from '../fixtures';
import { act, changed, row } from './session-rows';

test('a session is renamed in place; Escape cancels', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('Old name');
  await act(page, 'Old name', 'Rename');
  const field = page.getByRole('textbox', { name: 'Name of the chat' });
  await field.fill('Not this');
  await field.press('Escape');
  await expect(row(page, 'Old name')).toBeVisible();
  await act(page, 'Old name', 'Rename');
  await field.fill('New name');
  await changed(page, () => field.press('Enter'));
  await expect(row(page, 'New name')).toBeVisible();
  await page.reload();
  await expect(row(page, 'New name')).toBeVisible();
});

test('a deleted session can be restored, and is gone otherwise', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('Keep me');
  const address = page.url();
  await act(page, 'Keep me', 'Delete');
  await expect(row(page, 'Keep me')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Keep me')).toBeVisible();
  await page.goto(address);
  await expect(chat.replies()).toHaveText(/Hello from upstream/);
});

test('deleted sessions are listed, and their URLs offer to restore them', async ({
  chat,
  page,
  browser,
  baseURL,
}) => {
  await chat.open();
  await chat.ask('By its address');
  const address = page.url();
  await chat.openNew();
  await chat.ask('From the list');
  for (const title of ['By its address', 'From the list']) await act(page, title, 'Delete');
  await expect(page).toHaveURL('/');

  await page.goto(address);
  const gone = page.getByRole('alert').filter({ hasText: 'This chat was deleted' });
  await expect(gone).toContainText('By its address');
  await gone.getByRole('button', { name: 'Restore' }).click();
  await expect(chat.replies()).toHaveText([/Hello from upstream/]);
  await expect(row(page, 'By its address')).toBeVisible();

  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'Recently deleted' }).click();
  await expect(page.getByRole('heading', { name: 'Recently deleted' })).toBeVisible();
  const deleted = page.getByRole('main').getByRole('listitem');
  await expect(deleted).toHaveText([/From the list.*Deleted today/]);
  const stranger = await browser.newPage({ baseURL: baseURL ?? '' });
  await stranger.goto('/deleted');
  await expect(stranger.getByText('No deleted chats.')).toBeVisible();
  await stranger.close();
  await deleted.getByRole('button', { name: 'Restore From the list' }).click();
  await expect(chat.replies()).toHaveText([/Hello from upstream/]);
  await expect(row(page, 'From the list')).toBeVisible();
});

test.describe('a session that is gone', () => {
  test.use({ expected: /404/ });

  test('shows a not-found page', async ({ page }) => {
    const response = await page.goto('/s/2f3a1c9e-0000-4000-8000-000000000000');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading')).toBeVisible();
  });
});

test.describe('a page that fails', () => {
  // Such a page has no icon link, so the browser requests the default one.
  test.use({ expected: /status of (500|404)|Minified React error #441/ });

  test('loads with Try again once the store is back', async ({ chat, page, server }) => {
    await chat.open();
    await chat.ask('Still here');
    const store = new Sqlite(server.database);
    store.exec('ALTER TABLE messages RENAME TO away');
    await page.reload();
    const heading = page.getByRole('heading', { name: 'This page could not be loaded' });
    await expect(heading).toBeFocused();
    await page.getByRole('button', { name: 'Details' }).click();
    const reference = await page.getByText('Ref').innerText();
    const logged = server.app.logged().filter(({ event }) => event === 'page.render_failed');
    expect(logged.map(({ digest }) => reference.includes(String(digest)))).toContain(true);
    expect(logged[0]).toMatchObject({ request_id: expect.stringMatching(/./), error: 'internal' });
    const again = page.getByRole('button', { name: 'Try again' });
    await again.click();
    await expect(heading).toBeFocused();
    store.exec('ALTER TABLE away RENAME TO messages');
    store.close();
    await again.click();
    await expect(chat.replies()).toHaveText(/Hello from upstream/);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  });
});

test.describe('a session whose deletion fails', () => {
  test.use({ expected: /net::ERR_FAILED/ });

  testAtLength('stays open and in the list', async ({ chat, page }) => {
    await chat.open();
    await chat.ask('Stays');
    const address = page.url();
    await page.route(/\/api\/sessions\/[^/]+$/, (route) => route.abort());
    await act(page, 'Stays', 'Delete');
    await expect(page.getByText('Could not delete the chat.')).toBeVisible();
    await expect(row(page, 'Stays')).toBeVisible();
    await expect(page).toHaveURL(address);
    await expect(chat.replies()).toHaveText(/Hello from upstream/);
  });
});

test('a session is exported as Markdown and JSON', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('Export me');
  for (const [action, ending, content] of [
    ['Export as Markdown', /\.md$/, '# Session: '],
    ['Export as JSON', /\.json$/, '"Export me"'],
  ] as const) {
    const downloading = page.waitForEvent('download');
    await act(page, 'Export me', action);
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(ending);
    expect(await readFile(await download.path(), 'utf8')).toContain(content);
  }
});

test('an old session has its title and actions, even if the list no longer shows it', async ({
  page,
  server,
}) => {
  const headers = { Origin: server.network.url };
  const post = async (path: string, data: object) =>
    (await (await page.request.post(path, { data, headers })).json()) as { id: string };
  const { id } = await post('/api/sessions', {});
  const say = (content: string) => post(`/api/sessions/${id}/messages`, { role: 'user', content });
  await say('How it began');
  await Promise.all(Array.from({ length: 50 }, () => say('How it went on')));
  await Promise.all(Array.from({ length: 100 }, () => post('/api/sessions', {})));
  await page.goto(`/s/${id}`);
  await expect(page).toHaveTitle('How it began · Ask-Next');
  await expect(page.getByRole('heading', { name: 'How it began' })).toBeVisible();
  await expect(row(page, 'How it began')).toHaveCount(0);

  const choose = async (action: string) => {
    await page
      .getByRole('main')
      .getByRole('button', { name: /Actions/ })
      .click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await choose('Rename');
  await page.getByRole('textbox', { name: 'Name of the chat' }).fill('Found again');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Found again' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await choose('Delete');
  await expect(page).toHaveURL('/');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(`/s/${id}`);
  await expect(page.getByRole('heading', { name: 'Found again' })).toBeVisible();
});

test('two sessions deleted one after the other can each be restored', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('First to go');
  await chat.openNew();
  await chat.ask('Second to go');
  await act(page, 'First to go', 'Delete');
  await expect(page.getByRole('status').getByText('Chat deleted')).toHaveCount(1);
  await act(page, 'Second to go', 'Delete');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveCount(2);
  await undo.first().click();
  await expect(row(page, 'First to go')).toBeVisible();
  await expect(row(page, 'Second to go')).toHaveCount(0);
  // The pressed button is gone, so the focus moves to the composer.
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await undo.click();
  await expect(row(page, 'Second to go')).toBeVisible();
});
