import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

test('the page about the API is readable, and its links lead to their places', async ({ page }) => {
  await page.goto('/docs');
  await expect(page.getByRole('heading', { level: 1, name: 'API' })).toBeVisible();
  const { origin } = new URL(page.url());
  await expect(page.getByText(`curl ${origin}/v1/chat/completions`).first()).toBeVisible();
  await page.getByRole('link', { name: 'POST /v1/chat/completions' }).click();
  await expect(page.getByRole('heading', { name: 'POST /v1/chat/completions' })).toBeInViewport();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  // All calls are drawn alike: two of each group stand for the rest, which would take half a minute.
  await page.evaluate(() => {
    for (const call of document.querySelectorAll('.docs-group > article:nth-of-type(n + 3)'))
      call.remove();
  });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, ['color-contrast']);
});
