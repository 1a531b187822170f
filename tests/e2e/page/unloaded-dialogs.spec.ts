import { expect, test } from '../fixtures';

test.use({ expected: /Failed to load resource|ChunkLoadError|Failed to load chunk/ });

test('a dialog whose code cannot be loaded says so, and opens when it is asked for again', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto('/');
  const files = '**/_next/static/chunks/**';
  await page.route(files, (route) => route.abort());
  const open = page.getByRole('button', { name: 'Settings', exact: true });
  await open.click();
  await page.clock.runFor(2_000);
  await expect(page.getByText('Loading…')).toBeVisible();
  const problem = page.getByText('This could not be loaded.');
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(problem).toBeVisible({ timeout: 100 });
  }).toPass();
  await expect(page.getByText('Loading…')).toBeHidden();

  await page.unroute(files);
  await open.click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});
