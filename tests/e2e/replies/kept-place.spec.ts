import { answer } from '../../upstream/upstream';
import { expect, test } from '../fixtures';
import { above, paragraph } from './scrolling';

test('Back comes back to the place where one was reading', async ({ chat, page, server }) => {
  const long = Array.from({ length: 60 }, (_, n) => paragraph(n)).join('\n\n');
  server.upstream.behave(answer(long));
  await chat.open();
  await chat.ask('A long one');
  await chat.ask('And another');
  await expect(page).toHaveURL(/\/s\//);
  const mark = page.locator('.reply p').filter({ hasText: 'Paragraph 20 ' }).first();
  await mark.evaluate((p) => {
    p.scrollIntoView({ block: 'center' });
  });
  await expect.poll(() => above(page)).toBeGreaterThan(80);
  const top = () => mark.evaluate((p) => p.getBoundingClientRect().top);
  const before = await top();
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  await chat.openNew();
  server.upstream.behave(answer('Short'));
  await chat.ask('Elsewhere');
  await page.goBack();
  await page.goBack();
  await expect(mark).toBeVisible();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(5);
  await page.reload();
  await expect(mark).toBeInViewport();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(5);
  // A session that is opened again begins at its end.
  await page.getByRole('link', { name: 'Elsewhere' }).click();
  await expect(chat.replies()).toHaveText([/Short/]);
  await page.getByRole('link', { name: 'A long one' }).click();
  await expect(page.getByRole('heading', { name: 'A long one' })).toBeVisible();
  await expect.poll(() => above(page)).toBeLessThan(1);
});
