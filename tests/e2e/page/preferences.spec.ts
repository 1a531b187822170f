import type { Page } from '@playwright/test';
import { expectAccessible } from '../accessibility';
import { expect, test, testAtLength } from '../fixtures';
import { status } from '../../upstream/upstream';

/** Answers the browser's own question, which a headless one always denies. */
const answerNotices = (page: Page, permission: NotificationPermission) =>
  page.evaluate((given) => {
    const value = { permission: given, requestPermission: () => Promise.resolve(given) };
    Object.defineProperty(window, 'Notification', { configurable: true, value });
  }, permission);

test('settings are kept in this browser, and the server draws them', async ({ chat, page }) => {
  await chat.open();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  // By the keyboard: each choice moves the others, and a click on an invisible input waits for nothing.
  for (const name of ['Large', 'Wide']) {
    await dialog.getByRole('radio', { name }).press('Space');
    await expect(dialog.getByRole('radio', { name })).toBeChecked();
  }
  await dialog.getByText('Send with Ctrl').click();
  await expectAccessible(page);
  // What else one looks for in settings is there too; each dialog closes to the settings.
  const notices = dialog.getByRole('switch', { name: /tell me that a reply is done/ });
  await answerNotices(page, 'denied');
  await notices.press('Space');
  await expect(dialog.getByText('This browser does not allow notices')).toBeVisible();
  await expect(notices).not.toBeChecked();
  await answerNotices(page, 'granted');
  await notices.press('Space');
  await expect(notices).toBeChecked();
  const saved = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Export everything' }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.json$/);
  for (const [opener, title] of [
    ['Import…', /^Import/],
    ['Delete everything…', 'Delete everything?'],
    ['Keyboard shortcuts', 'Keyboard shortcuts'],
  ] as const) {
    await dialog.getByRole('button', { name: opener }).click();
    await expect(page.getByRole('dialog', { name: title })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: title })).toBeHidden();
    await expect(dialog.getByRole('button', { name: opener })).toBeFocused();
  }
  await dialog.getByRole('button', { name: 'Done' }).click();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('One');
  await field.press('Enter');
  await expect(field).toHaveValue('One\n');
  await field.press('Control+Enter');
  await expect(chat.replies()).toHaveCount(1);

  const drawn = await (await page.request.get('/')).text();
  expect(drawn).toMatch(/<html[^>]* data-text="large"[^>]* data-width="wide"/);
  await page.reload();
  await expect(page.locator('html')).toHaveCSS('font-size', '18px');
});

test('the sidebar hides and comes back by key and by button, and stays so', async ({
  chat,
  page,
}) => {
  await chat.open();
  const sidebar = page.getByRole('complementary');
  await page.keyboard.press('Control+b');
  await expect(sidebar).toBeHidden();
  await page.reload();
  await expect(sidebar).toBeHidden();
  await page.getByRole('button', { name: /^Show the sidebar/ }).click();
  await expect(sidebar).toBeVisible();
  await page.getByRole('button', { name: /^Hide the sidebar/ }).press('Enter');
  await expect(page.getByRole('button', { name: /^Show the sidebar/ })).toBeFocused();
});

testAtLength(
  'a chat begins in the middle of the page and goes on below its messages',
  async ({ chat, page }) => {
    await chat.open();
    const field = page.getByRole('textbox', { name: 'Message' });
    const middle = (await field.boundingBox())?.y ?? 0;
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(field).toHaveValue(/^Compare SQLite/);
    await expect(field).toBeFocused();
    await page.getByRole('button', { name: 'Make a plan' }).click();
    await expect(field).toHaveValue(/^Plan a weekend/);
    await field.press('Enter');
    await expect(chat.replies()).toHaveAttribute('aria-busy', 'false');
    await expect
      .poll(async () => (await field.boundingBox())?.y ?? 0)
      .toBeGreaterThan(middle + 100);
    await expect(field).toBeFocused();
  },
);

test('the settings test the connection, and say in words what is wrong', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Model connection…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect a model' });
  await dialog.getByRole('radio', { name: 'Ollama' }).check({ force: true });
  await expect(dialog.getByText('OPENAI_BASE_URL=http://localhost:11434/v1')).toBeVisible();
  await expectAccessible(page);
  server.upstream.behave(status(401, { error: { message: 'Incorrect API key' } }));
  const ask = dialog.getByRole('button', { name: 'Test the connection' });
  await ask.click();
  await expect(dialog.getByText('It refuses the key: check OPENAI_API_KEY.')).toBeVisible();
});
