import { answer } from '../../upstream/upstream';
import type { Locator, Page } from '@playwright/test';
import { expect, test, testAtLength } from '../fixtures';
import { above, paragraph } from './scrolling';

/** Such a paragraph of the last reply, once all is drawn. Earlier replies may be left out, as far away. */
function drawn(page: Page, text: string): Locator {
  const settled = page.locator('.transcript:not(:has([data-pending])) .reply p');
  return settled.filter({ hasText: text }).last();
}

test('Back comes back to the place where one was reading', async ({ chat, page, server }) => {
  const long = Array.from({ length: 60 }, (_, n) => paragraph(n)).join('\n\n');
  server.upstream.behave(answer(long));
  await chat.open();
  await chat.ask('A long one');
  await chat.ask('And another');
  await expect(page).toHaveURL(/\/s\//);
  const mark = drawn(page, 'Paragraph 20 ');
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

testAtLength(
  'the place is found again however long it takes to draw what is above it',
  async ({ chat, page, server }) => {
    await page.clock.install();
    server.upstream.behave(
      answer(Array.from({ length: 300 }, (_, n) => paragraph(n)).join('\n\n')),
    );
    await chat.open();
    await chat.ask('A long one');
    await expect(page).toHaveURL(/\/s\//);
    const mark = drawn(page, 'Paragraph 150 ');
    await mark.evaluate((p) => {
      p.scrollIntoView({ block: 'center' });
    });
    await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
    const top = () => mark.evaluate((p) => p.getBoundingClientRect().top);
    const before = await top();
    await chat.openNew();
    // From here on a slow machine: seconds pass between two steps.
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.goBack();
    await expect(page.locator('[data-pending]').first()).toBeAttached();
    await page.clock.fastForward(4000);
    await expect(page.locator('[data-pending]').first()).toBeAttached();
    await page.clock.resume();
    await expect(mark).toBeInViewport();
    await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(5);
  },
);
