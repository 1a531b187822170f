import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

for (const colorScheme of ['light', 'dark'] as const)
  test(`the page about the API is readable and its links lead to their places, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/docs');
    await expect(page.getByRole('heading', { level: 1, name: 'API' })).toBeVisible();
    const { origin } = new URL(page.url());
    await expect(page.getByText(`curl ${origin}/v1/chat/completions`).first()).toBeVisible();
    await page.getByRole('link', { name: 'POST /v1/chat/completions' }).click();
    await expect(page.getByRole('heading', { name: 'POST /v1/chat/completions' })).toBeInViewport();
    await expectAccessible(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
