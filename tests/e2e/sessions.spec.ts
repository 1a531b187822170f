import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { answer } from '../upstream/upstream';
import { expect, test } from './fixtures';
import { act, row } from './session-rows';

test('a session is renamed in place; Escape leaves it as it was', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('Old name');
  await act(page, 'Old name', 'Rename');
  const field = page.getByRole('textbox', { name: 'Name of the session' });
  await field.fill('Not this');
  await field.press('Escape');
  await expect(row(page, 'Old name')).toBeVisible();
  await act(page, 'Old name', 'Rename');
  await field.fill('New name');
  await field.press('Enter');
  await expect(row(page, 'New name')).toBeVisible();
  await page.reload();
  await expect(row(page, 'New name')).toBeVisible();
});

test('a deleted session can be brought back, and is gone otherwise', async ({ chat, page }) => {
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

test.describe('a session that is gone', () => {
  test.use({ expected: /404/ });

  test('is a page that says so', async ({ page }) => {
    const response = await page.goto('/s/2f3a1c9e-0000-4000-8000-000000000000');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading')).toBeVisible();
  });
});

test.describe('a page that cannot be read', () => {
  // Such a page names no icon, so the browser asks for one of its own.
  test.use({ expected: /status of (500|404)|Minified React error #441/ });

  test('comes with Try again once the store is back', async ({ chat, page, server }) => {
    await chat.open();
    await chat.ask('Still here');
    const store = new Sqlite(server.database);
    store.exec('ALTER TABLE messages RENAME TO away');
    await page.reload();
    const heading = page.getByRole('heading', { name: 'This page could not be shown' });
    await expect(heading).toBeFocused();
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

  test('stays open and in the list', async ({ chat, page }) => {
    await chat.open();
    await chat.ask('Stays');
    const address = page.url();
    await page.route(/\/api\/sessions\/[^/]+$/, (route) => route.abort());
    await act(page, 'Stays', 'Delete');
    await expect(page.getByText('The session was not deleted.')).toBeVisible();
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

test('an old session has its name and its actions, also where the list no longer shows it', async ({
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
  await page.getByRole('textbox', { name: 'Name of the session' }).fill('Found again');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Found again' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await choose('Delete');
  await expect(page).toHaveURL('/');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(`/s/${id}`);
  await expect(page.getByRole('heading', { name: 'Found again' })).toBeVisible();
});

test('of two sessions deleted one after the other, each can be brought back', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('First to go');
  await chat.openNew();
  await chat.ask('Second to go');
  await act(page, 'First to go', 'Delete');
  await expect(page.getByRole('status').getByText('Session deleted')).toHaveCount(1);
  await act(page, 'Second to go', 'Delete');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveCount(2);
  await undo.first().click();
  await expect(row(page, 'First to go')).toBeVisible();
  await expect(row(page, 'Second to go')).toHaveCount(0);
  // What was pressed is gone: the focus is where one writes, not nowhere.
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await undo.click();
  await expect(row(page, 'Second to go')).toBeVisible();
});

test('the memory is shown, edited, switched off and forgotten', async ({ chat, page, server }) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  await chat.open();
  await chat.ask('I like tea');
  await expect
    .poll(async () => {
      const id = page.url().split('/').at(-1) ?? '';
      const response = await page.request.get(`/api/sessions/${id}/memory`);
      return ((await response.json()) as { memory: string | null }).memory;
    })
    .toBe('- likes tea');
  await page.getByRole('button', { name: 'Memory' }).click();
  const text = page.getByRole('textbox', { name: 'What is remembered' });
  await expect(text).toHaveValue('- likes tea');
  await text.fill('- likes coffee');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The memory is saved')).toBeAttached();
  await page.getByText('Use and update the memory').click();
  await page.reload();
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(text).toHaveValue('- likes coffee');
  await expect(page.getByRole('switch', { name: 'Use and update the memory' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Forget' }).click();
  await expect(text).toHaveValue('');
});

test('an edit of the memory outlives its panel, which shows only for the session it was asked for', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  await chat.open();
  await chat.ask('I like tea');
  const panel = page.getByRole('dialog', { name: 'Memory' });
  const text = page.getByRole('textbox', { name: 'What is remembered' });
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(text).toHaveValue('- likes tea');
  await text.fill('- likes coffee');
  // A selection that begins in the text and ends beside the panel.
  const { x, y } = (await text.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 80, y + 20);
  await page.mouse.down();
  await page.mouse.move(x - 200, y + 20);
  await page.mouse.up();
  await expect(panel).toBeVisible();
  for (const close of [
    () => page.mouse.click(x - 200, y + 20),
    () => page.keyboard.press('Escape'),
  ]) {
    await close();
    await expect(panel).toHaveCount(0);
    await page.getByRole('button', { name: 'Memory' }).click();
    await expect(text).toHaveValue('- likes coffee');
  }
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(text).toHaveValue('- likes tea');
  await expect(text).toBeFocused();

  await page.goBack();
  await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
  await chat.ask('Something else');
  await expect(panel).toHaveCount(0);
});

test('on a phone the sessions are in a drawer that Escape closes', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.open();
  await chat.ask('On the phone');
  const sidebar = page.getByRole('navigation', { name: 'Your sessions' });
  await expect(sidebar).not.toBeInViewport();
  await page.getByRole('button', { name: 'Sessions', exact: true }).click();
  await expect(sidebar).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(sidebar).not.toBeInViewport();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('combobox', { name: 'Model' }).evaluate((picker: HTMLSelectElement) => {
    picker.add(new Option('a-model-with-a-very-long-name-2026-11-25-preview'), 0);
    picker.selectedIndex = 0;
  });
  await page.getByRole('textbox', { name: 'Message' }).fill('x'.repeat(3990));
  for (const words of [page.getByText('Stream', { exact: true }), page.getByText('3,990 / 4,000')])
    expect((await words.boundingBox())?.height).toBeLessThan(25);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the theme that is chosen stays, without a flash of the other', async ({ chat, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await chat.open();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('radio', { name: /dark/i }).check({ force: true });
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  expect(await background()).toBe(dark);
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
});

test('words run in their own direction, and a reader with few colours sees what is chosen', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(answer('שלום עולם\n\n- Latin\n\n`code`\n\n1. שלום'));
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('שלום');
  await expect(field).toHaveCSS('direction', 'rtl');
  await chat.ask('مرحبا');
  await expect(page.getByRole('log').getByText('مرحبا')).toHaveCSS('direction', 'rtl');
  await expect(page.getByRole('heading', { name: 'مرحبا' })).toHaveCSS('direction', 'rtl');
  // Markdown comes when its script has.
  await expect(chat.replies().getByRole('listitem')).toHaveText(['Latin', 'שלום']);
  const ends = await chat.replies().evaluate((reply) =>
    ['p', 'li', 'code'].map((name) => {
      const element = reply.querySelector(name);
      const range = document.createRange();
      if (element) range.selectNodeContents(element);
      const [box, words] = [element?.getBoundingClientRect(), range.getBoundingClientRect()];
      return box && words.left - box.left < 20 ? 'left' : 'right';
    }),
  );
  expect(ends).toEqual(['right', 'left', 'left']);
  await expect(chat.replies().locator('ul')).toHaveCSS('direction', 'ltr');
  await expect(chat.replies().locator('ol')).toHaveCSS('direction', 'rtl');

  await page.emulateMedia({ forcedColors: 'active' });
  const background = (of: Locator) =>
    of.evaluate((element) => getComputedStyle(element).backgroundColor);
  const track = page.locator('.switch-track').first();
  const on = await background(track);
  await page.getByText('Stream', { exact: true }).click();
  await expect.poll(() => background(track)).not.toBe(on);
  const themes = page.getByRole('group', { name: 'Colours' }).locator('label');
  expect(await background(themes.nth(0))).not.toBe(await background(themes.nth(1)));
});
