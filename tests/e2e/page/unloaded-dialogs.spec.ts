import { expect, test } from '../fixtures';

test.use({ expected: /Failed to load resource|ChunkLoadError|Failed to load chunk/ });

test('a dialog whose code cannot be loaded says so, also over another one, and opens when it is asked for again', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto('/');
  const settings = page.getByRole('button', { name: 'Settings', exact: true });
  const files = '**/_next/static/chunks/**';
  const missing = page.getByRole('dialog', { name: 'This could not be loaded' });
  /** Runs the clock until all attempts have failed. */
  const failing = () =>
    expect(async () => {
      await page.clock.runFor(5_000);
      await expect(missing).toBeVisible({ timeout: 100 });
    }).toPass();

  await page.route(files, (route) => route.abort());
  await settings.click();
  await page.clock.runFor(1_100);
  await expect(page.getByRole('dialog', { name: 'Loading…' })).toBeVisible();
  await failing();
  await expect(missing.getByRole('button', { name: 'Reload' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(missing).toBeHidden();

  await page.unroute(files);
  await settings.click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.route(files, (route) => route.abort());
  const opener = page.getByRole('button', { name: 'Delete everything…' });
  await opener.click();
  await failing();
  await page.keyboard.press('Escape');
  await expect(missing).toBeHidden();
  await expect(opener).toBeFocused();
});
