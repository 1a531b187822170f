import type { Page } from '@playwright/test';
import { NOW, SESSIONS } from '../../../scripts/pictures/conversations.mjs';
import { status } from '../../upstream/upstream';
import { chatOn, expect, test, testAtLength } from '../fixtures';

/** What has no bundled font, or is as long as the machine is fast, is replaced before the screenshot. */
async function expectScreenshot(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    document.documentElement.style.setProperty('--font-mono', 'var(--font-sans)');
    await document.fonts.ready;
  });
  await expect(page).toHaveScreenshot(`${name}.png`);
}

/** Opens the chat that the pictures of the README show. */
async function openChat(page: Page): Promise<void> {
  await page.clock.setFixedTime(new Date(NOW));
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const imported = await page.request.post('/api/sessions/import', { data: SESSIONS, headers });
  expect(imported.status()).toBe(200);
  await page.goto('/');
  await page.getByRole('link', { name: SESSIONS.sessions[0]?.title ?? '' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeEnabled();
}

const DESKTOP = { viewport: { width: 1280, height: 800 }, timezoneId: 'UTC' } as const;

test.describe('on a desktop', () => {
  test.use(DESKTOP);

  testAtLength('the main states look as they did', async ({ page, chat, server }) => {
    await chat.open();
    await expectScreenshot(page, 'home-desktop-light');
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    await expectScreenshot(page, 'settings-desktop-light');
    await page.keyboard.press('Escape');
    server.upstream.behave(status(401));
    await chat.send('Which river is the longest?');
    await expect(chat.failed()).toBeVisible();
    await expectScreenshot(page, 'failed-desktop-light');
  });

  testAtLength('a chat looks as it did', async ({ page }) => {
    await openChat(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectScreenshot(page, `chat-desktop-${colorScheme}`);
    }
  });
});

test.describe('on a phone', () => {
  test.use({ timezoneId: 'UTC' });

  testAtLength('the main states look as they did', async ({ phone }) => {
    await phone.emulateMedia({ colorScheme: 'dark' });
    await chatOn(phone).open();
    await expectScreenshot(phone, 'home-phone-dark');
    await openChat(phone);
    for (const colorScheme of ['light', 'dark'] as const) {
      await phone.emulateMedia({ colorScheme });
      await expectScreenshot(phone, `chat-phone-${colorScheme}`);
    }
    await phone.getByRole('button', { name: 'Chats', exact: true }).click();
    await expect(phone.getByRole('link', { name: 'New chat' }).first()).toBeVisible();
    await expectScreenshot(phone, 'drawer-phone-dark');
  });
});
