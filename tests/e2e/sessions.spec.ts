import { readFile } from 'node:fs/promises';
import { answer } from '../upstream/upstream';
import { expect, test, type ChatPage } from './fixtures';

const row = (chat: ChatPage, title: string) =>
  chat.page
    .getByRole('navigation', { name: 'Your sessions' })
    .getByRole('listitem')
    .filter({ hasText: title });

async function act(chat: ChatPage, title: string, action: string) {
  await row(chat, title).hover();
  await row(chat, title)
    .getByRole('button', { name: /Actions/ })
    .click();
  await chat.page.getByRole('menuitem', { name: action }).click();
}

test('a session is renamed in place; Escape leaves it as it was', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('Old name');
  await act(chat, 'Old name', 'Rename');
  const field = page.getByRole('textbox', { name: 'Name of the session' });
  await field.fill('Not this');
  await field.press('Escape');
  await expect(row(chat, 'Old name')).toBeVisible();
  await act(chat, 'Old name', 'Rename');
  await field.fill('New name');
  await field.press('Enter');
  await expect(row(chat, 'New name')).toBeVisible();
  await page.reload();
  await expect(row(chat, 'New name')).toBeVisible();
});

test('a deleted session can be brought back, and is gone otherwise', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('Keep me');
  const address = page.url();
  await act(chat, 'Keep me', 'Delete');
  await expect(row(chat, 'Keep me')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(chat, 'Keep me')).toBeVisible();
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

test('a session is exported as Markdown and JSON', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('Export me');
  for (const [action, ending, content] of [
    ['Export as Markdown', /\.md$/, '# Session: '],
    ['Export as JSON', /\.json$/, '"Export me"'],
  ] as const) {
    const downloading = page.waitForEvent('download');
    await act(chat, 'Export me', action);
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(ending);
    expect(await readFile(await download.path(), 'utf8')).toContain(content);
  }
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
