import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { givenSession } from '../sessions/given-session';

const MESSAGES = 240;
/** Of the whole page, its sidebar and composer included. */
const NODES_MAX = 3_000;

const numbered = (n: number) =>
  `Number ${String(n)}.\n\n${'Some **words** of it, and more.\n\n'.repeat(4)}`;

const nodes = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);

test('a long session is read by scrolling up, keeps its place, and has few elements', async ({
  page,
}) => {
  const texts = Array.from({ length: MESSAGES }, (_, n) => numbered(n + 1));
  await page.goto(await givenSession(page, 'Where it begins', ['Where it begins', ...texts]));
  await expect(page.getByText(`Number ${String(MESSAGES)}.`)).toBeInViewport();
  const messages = page.getByRole('region', { name: 'Messages' });
  await messages.hover();
  const first = page.locator('[data-key]').getByText('Where it begins').first();
  let most = 0;
  await expect(async () => {
    await page.mouse.wheel(0, -1500);
    most = Math.max(most, await nodes(page));
    await expect(first).toBeInViewport({ timeout: 100 });
  }).toPass({ intervals: [100] });
  expect(most).toBeLessThan(NODES_MAX);
  await expect(page.getByText(`Number ${String(MESSAGES)}.`)).toHaveCount(0);

  // What was left out comes back where it was, and nothing in sight moves.
  await page.mouse.wheel(0, 3000);
  const seen = page.getByText(/^Number \d+\.$/);
  await expect(seen.first()).toBeAttached();
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await expect(page.getByText(`Number ${String(MESSAGES)}.`)).toBeInViewport();
  expect(await nodes(page)).toBeLessThan(NODES_MAX);

  // Search finds what is not drawn; the session's own title is the first result.
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: /^Search your chats/ }).fill('where it begins');
  await page.getByRole('option').filter({ hasText: 'Where it begins' }).last().click();
  await expect(first).toBeInViewport();
});

const rich = (n: number) => `## Part ${String(n)}

A paragraph with **bold**, some *stress*, and a sentence that goes on for about two lines, as answers do.

1. one
2. two

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
const part = ${String(n)};
\`\`\`
`;

test('nothing in sight moves while a long session opens', async ({ page }) => {
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(globalThis, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved.push(JSON.stringify(entry));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/');
  const texts = Array.from({ length: 60 }, (_, n) =>
    n % 2 === 0 ? `Question ${String(n)}` : rich(n) + rich(n + 1),
  );
  await page.goto(await givenSession(page, 'Rich', texts));
  await expect(page.getByText('Part 60')).toBeInViewport();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeEditable();
  await expect(page.locator('[data-pending]')).toHaveCount(0);
  expect(await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved)).toEqual(
    [],
  );
});
