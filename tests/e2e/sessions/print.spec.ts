import { expectAccessible } from '../accessibility';
import { expect, test, testAtLength } from '../fixtures';
import { givenSession } from './given-session';

test('the page for printing has every message, also those that the session page has not loaded', async ({
  page,
  chat,
}) => {
  const texts = Array.from({ length: 60 }, (_, n) => `Message ${String(n + 1)}.`);
  await page.goto(await givenSession(page, 'Long talk', texts));
  await expect(page.getByText('Message 60.', { exact: true })).toBeVisible();
  await expect(page.getByText('Message 1.', { exact: true })).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/Earlier messages are not loaded/)).toBeVisible();

  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('main').getByRole('button', { name: 'Actions for Long talk' }).click();
  const opened = page.waitForEvent('popup');
  await page.getByRole('menuitem', { name: 'Print…' }).click();
  const paper = await opened;
  await expectAccessible(paper);
  await paper.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const n of [1, 30, 60])
    await expect(paper.getByText(`Message ${String(n)}.`, { exact: true })).toBeVisible();
  await expect(paper.getByRole('button')).toHaveCount(0);
  await expect(paper.getByRole('complementary')).toHaveCount(0);
  await expect(chat.replies().last()).toBeVisible();
});

testAtLength(
  'a session that is too long for paper says on it which part is missing',
  async ({ page }) => {
    const words = 'A sentence of some words. '.repeat(6000);
    const texts = [1, 2, 3, 4, 5].map((n) => `Message ${String(n)}. ${words}`);
    const path = await givenSession(page, 'Too long', texts);
    await page.goto(`${path}/print`);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('Only the last 3 messages of this chat.')).toBeVisible();
    await expect(page.getByText('Message 3.').first()).toBeVisible();
    await expect(page.getByText('Message 2.')).toHaveCount(0);
  },
);
