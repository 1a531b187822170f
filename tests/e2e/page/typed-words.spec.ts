import { answer, status } from '../../upstream/upstream';
import { chatOn, expect, test, testAtLength } from '../fixtures';

test('text typed while a session is created stays in it, and a suggestion does not overwrite it', async ({
  chat,
  page,
}) => {
  const field = page.getByRole('textbox', { name: 'Message' });
  const requested = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  await page.route('**/api/sessions', async (route) => {
    requested.resolve();
    await gate.promise;
    await route.continue();
  });
  await chat.open();
  await page.getByRole('button', { name: /Explain something/ }).click();
  await page.getByRole('button', { name: /Compare/ }).click();
  await expect(field).toHaveValue(/^Compare SQLite.*table\.$/);
  await expect(field).toBeFocused();
  await field.fill('My own words');
  await page.getByRole('button', { name: /Compare/ }).click();
  await expect(field).toHaveValue(/^Compare SQLite.*table\.\n\nMy own words$/);

  await field.fill('First');
  await field.press('Enter');
  await requested.promise;
  await field.pressSequentially(' and more');
  gate.resolve();
  await expect(page).toHaveURL(/\/s\//);
  await expect(field).toHaveValue('and more');
  await expect(page.getByRole('log').getByText('First', { exact: true })).toBeVisible();
  await chat.openNew();
  await expect(field).toHaveValue('');
});

test.describe('when a turn fails', () => {
  test.use({ expected: /the server responded with a status of/ });

  test('Edit inserts its message before the text in the composer, and focuses it', async ({
    chat,
    page,
    server,
  }) => {
    server.upstream.behave(status(401));
    await chat.open();
    await chat.send('Fails');
    const failed = chat.failed();
    await expect(failed).toBeVisible();
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('Half a thought');
    await failed.getByRole('button', { name: 'Edit' }).click();
    await expect(field).toHaveValue('Fails\n\nHalf a thought');
    await expect(field).toBeFocused();
    await expect(failed).toHaveCount(0);
  });

  testAtLength(
    'the focus is where one writes after a press, but a touch opens no keyboard',
    async ({ phone, server }) => {
      const { page, failed } = chatOn(phone);
      const field = page.getByRole('textbox', { name: 'Message' });
      const fail = async () => {
        server.upstream.behave(status(401));
        await field.fill('Fails');
        await page.getByRole('button', { name: 'Send' }).tap();
        await expect(failed()).toBeVisible();
      };
      await page.goto('/');
      await fail();
      await failed().getByRole('button', { name: 'Dismiss' }).tap();
      await expect(failed()).toHaveCount(0);
      await expect(field).not.toBeFocused();
      // The session, which is empty now, is left for a new one.
      await expect(page).toHaveURL(/:\d+\/$/);
      await fail();
      server.upstream.behave(answer('Better now'));
      await failed().getByRole('button', { name: 'Retry' }).press('Enter');
      await expect(page.locator('.reply')).toHaveText([/Better now/]);
      await expect(field).toBeFocused();
    },
  );
});

test('the chat works without browser storage', async ({ chat, page, server }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    }
  });
  server.upstream.behave(answer('Hello all the same'));
  await chat.open();
  await chat.stopStreaming();
  await chat.ask('Is anybody there?');
  await expect(chat.replies()).toHaveText(/Hello all the same/);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('switch', { name: /as they are written/ })).not.toBeChecked();
});
