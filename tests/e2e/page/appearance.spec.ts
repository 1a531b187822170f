import type { Locator } from '@playwright/test';
import { answer } from '../../upstream/upstream';
import { expect, test } from '../fixtures';

test('on a phone the sessions are in a drawer, which Escape closes', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.open();
  await chat.ask('On the phone');
  const sidebar = page.getByRole('navigation', { name: 'Your chats' });
  await expect(sidebar).not.toBeInViewport();
  await page.getByRole('button', { name: 'Chats', exact: true }).click();
  await expect(sidebar).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(sidebar).not.toBeInViewport();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('combobox', { name: 'Model' }).evaluate((picker: HTMLSelectElement) => {
    picker.add(new Option('a-model-with-a-very-long-name-2026-11-25-preview'), 0);
    picker.selectedIndex = 0;
  });
  await page.getByRole('textbox', { name: 'Message' }).fill('x'.repeat(3990));
  expect((await page.getByText('3,990 / 4,000').boundingBox())?.height).toBeLessThan(25);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the chosen theme persists, without a flash of the other', async ({ chat, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await chat.open();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  // The browser's own frame, by the system's scheme.
  const frame = () =>
    page
      .locator('meta[name="theme-color"]')
      .evaluateAll((metas) => metas.map((meta) => meta.getAttribute('content')));
  expect(await frame()).toEqual(['#1f1e1b', '#1f1e1b']);
  await page.reload();
  expect(await background()).toBe(dark);
  expect(await frame()).toEqual(['#1f1e1b', '#1f1e1b']);
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
});

test('text has its own direction, and forced colors show what is selected', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(answer('שלום עולם\n\n- Latin\n\n`code`\n\n1. שלום'));
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('שלום');
  await expect(field).toHaveCSS('direction', 'rtl');
  await chat.ask('مرحبا');
  await expect(page.getByRole('log').getByText('مرحبا')).toHaveCSS('direction', 'rtl');
  await expect(page.getByRole('heading', { name: 'مرحبا' })).toHaveCSS('direction', 'rtl');
  // Markdown appears when its script has loaded.
  await expect(chat.replies().getByRole('listitem')).toHaveText(['Latin', 'שלום']);
  const ends = await chat.replies().evaluate((reply) =>
    ['p', 'li', 'code'].map((name) => {
      const element = reply.querySelector(name);
      const range = document.createRange();
      if (element) range.selectNodeContents(element);
      const [box, words] = [element?.getBoundingClientRect(), range.getBoundingClientRect()];
      return box && words.left - box.left < 20 ? 'left' : 'right';
    }),
  );
  expect(ends).toEqual(['right', 'left', 'left']);
  await expect(chat.replies().locator('ul')).toHaveCSS('direction', 'ltr');
  await expect(chat.replies().locator('ol')).toHaveCSS('direction', 'rtl');

  await page.emulateMedia({ forcedColors: 'active' });
  const background = (of: Locator) =>
    of.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const track = page.locator('.switch-track').first();
  const off = await background(track);
  await page.locator('.switch').first().click();
  await expect.poll(() => background(track)).not.toBe(off);
  const themes = page.getByRole('group', { name: 'Colours' }).locator('label');
  expect(await background(themes.nth(0))).not.toBe(await background(themes.nth(1)));
});
