import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

test('the page for printing has every message, also those that the session page has not loaded', async ({
  page,
  chat,
}) => {
  await page.goto('/');
  const id = await page.evaluate(async () => {
    const post = async (path: string, body: object) => {
      const answered = await fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      return ((await answered.json()) as { id: string }).id;
    };
    const session = await post('/api/sessions', { title: 'Long talk' });
    for (let n = 1; n <= 60; n += 1)
      await post(`/api/sessions/${session}/messages`, {
        role: n % 2 === 1 ? 'user' : 'assistant',
        content: `Message ${String(n)}.`,
      });
    return session;
  });
  await page.goto(`/s/${id}`);
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

test('a session that is too long for paper says on it which part is missing', async ({ page }) => {
  await page.goto('/');
  const id = await page.evaluate(async (words) => {
    const said = (n: number) => ({
      uuid: String(n),
      sender: n % 2 === 1 ? 'human' : 'assistant',
      text: `Message ${String(n)}. ${words}`,
    });
    const answered = await fetch('/api/sessions/import', {
      method: 'POST',
      body: JSON.stringify([{ uuid: 'long', chat_messages: [1, 2, 3, 4, 5].map(said) }]),
    });
    return /"session_id":"([^"]+)"/.exec(await answered.text())?.[1] ?? '';
  }, 'A sentence of some words. '.repeat(6000));
  await page.goto(`/s/${id}/print`);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Only the last 3 messages of this chat.')).toBeVisible();
  await expect(page.getByText('Message 3.').first()).toBeVisible();
  await expect(page.getByText('Message 2.')).toHaveCount(0);
});
