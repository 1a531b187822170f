import type { Page } from '@playwright/test';
import { answer } from '../../upstream/upstream';
import { expectAccessible } from '../accessibility';
import { chatOn, expect, test, testAtLength } from '../fixtures';
import { givenSession } from '../sessions/given-session';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' });
const field = (page: Page) => dialog(page).getByRole('combobox', { name: /^Search your chats/ });
const found = (page: Page) => dialog(page).getByRole('option');

test('what is typed is found while one types, and Enter goes to the message', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(answer('The archipelago has *forty* islands.'), answer('Fine.'));
  await chat.open();
  await chat.ask('How many islands?');
  await chat.ask('Thanks');
  const session = page.url();
  await chat.openNew();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field(page)).toBeFocused();
  await field(page).pressSequentially('archip');
  await expect(found(page)).toHaveCount(1);
  await expect(found(page).locator('mark')).toHaveText('archip');
  await expect(dialog(page).getByText('1 result')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(session);
  await expect(chat.replies().first()).toBeFocused();
  await expect(chat.replies().first()).toContainText('archipelago');
});

test('commands are found by their words, chosen with the arrows, and Escape closes', async ({
  chat,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await chat.open();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(found(page).first()).toHaveText('New chat');
  await expectAccessible(page);
  await page.keyboard.press('ArrowDown');
  await expect(dialog(page).getByRole('option', { name: 'All chats' })).toHaveAttribute(
    'data-highlighted',
  );
  await field(page).fill('dark');
  await expect(found(page)).toHaveText(['Dark colours']);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('ControlOrMeta+k');
  await field(page).fill('gpt');
  await expect(found(page).first()).toHaveText(/^Use gpt/);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
});

testAtLength('a message far back in its session is loaded and shown', async ({ page }) => {
  const hay = Array.from({ length: 120 }, (_, n) => `hay ${String(n)}`);
  const texts = ['Where it begins', 'Hello', 'needle at the bottom', ...hay];
  const session = await givenSession(page, 'Where it begins', texts);
  await page.goto(session);
  await expect(page.getByText('hay 119')).toBeInViewport();
  await page.keyboard.press('ControlOrMeta+k');
  await field(page).fill('needle bottom');
  await found(page).filter({ hasText: 'needle at the bottom' }).first().click();
  await expect(page.getByText('needle at the bottom')).toBeInViewport();
  await expect(page).toHaveURL(session);
});

testAtLength('a message on another branch is shown with its branch', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('The old harbour');
  await chat.ask('And its ships');
  const session = page.url();
  await page.getByRole('button', { name: 'Edit message' }).first().click();
  await page.getByRole('textbox', { name: 'Edited message' }).fill('The high mountain');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log');
  await expect(log.getByText('And its ships')).toBeHidden();
  await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press('ControlOrMeta+k');
  await field(page).fill('its ships');
  await found(page).filter({ hasText: 'And its ships' }).first().click();
  await expect(log.getByText('And its ships')).toBeInViewport();
  await expect(log.getByText('The old harbour')).toBeVisible();
  await expect(log.getByText('The high mountain')).toBeHidden();
  await expect(page).toHaveURL(session);
});

testAtLength('on a phone the palette opens from the drawer, by touch', async ({ phone }) => {
  const chat = chatOn(phone);
  await chat.open();
  // Enter is a line break on a phone.
  await phone.getByRole('textbox', { name: 'Message' }).fill('A pocket question');
  await phone.getByRole('button', { name: 'Send' }).tap();
  await expect(chat.replies()).toHaveAttribute('aria-busy', 'false');
  await phone.getByRole('button', { name: 'Chats', exact: true }).tap();
  await phone.getByRole('button', { name: 'Search', exact: true }).tap();
  await field(phone).fill('pocket quest');
  await expect(found(phone).first()).toContainText('A pocket question');
  await expectAccessible(phone);
  await found(phone).first().tap();
  await expect(dialog(phone)).toBeHidden();
  await expect(phone.getByRole('log').getByText('A pocket question')).toBeInViewport();
});
