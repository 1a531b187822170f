import { expect, test } from '../fixtures';

test('without streaming the reply appears as a whole', async ({ chat, page }) => {
  await chat.open();
  await chat.stopStreaming();
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/chat'));
  await chat.ask('At once, please');
  expect((await answered).status()).toBe(200);
  await expect(chat.replies()).toHaveText(/Hello from upstream/);
  await page.reload();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('switch', { name: /as they are written/ })).not.toBeChecked();
});

test('the chosen model is used, also after a reload', async ({ chat, page, server }) => {
  await chat.open();
  await page.getByRole('combobox', { name: 'Model' }).selectOption('gpt-4');
  await chat.ask('Who are you?');
  // The last request may be the one that merges the memory, with its own model.
  const request = server.upstream.requests.find(
    ({ body }) => body.messages.at(-1)?.content === 'Who are you?',
  );
  expect(request?.body.model).toBe('gpt-4');
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('gpt-4');
});

test('a draft survives a reload, and Shift+Enter breaks the line', async ({ chat, page }) => {
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('One');
  await field.press('Shift+Enter');
  await field.pressSequentially('Two');
  await expect(field).toHaveValue('One\nTwo');
  await page.reload();
  await expect(field).toHaveValue('One\nTwo');
});

test('Enter that ends an IME composition sends nothing', async ({ chat, page, server }) => {
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('にほ');
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
  await expect(field).toHaveValue('にほ');
  expect(server.upstream.requests).toHaveLength(0);
});

test('a message over 4,000 characters has a counter and cannot be sent', async ({ chat, page }) => {
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('x'.repeat(3990));
  await expect(page.getByText('3,990')).toBeVisible();
  await field.fill('😀'.repeat(4001));
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
});
