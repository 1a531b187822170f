import type { Page } from '@playwright/test';
import { answer, stallAfter } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { row } from '../sessions/session-rows';

const fieldOf = (page: Page) => page.getByRole('textbox', { name: 'Message' });

test('after Stop one types on, by mouse and by key', async ({ chat, page, server }) => {
  server.upstream.behave(stallAfter('Once', ' upon'));
  await chat.open();
  const field = fieldOf(page);
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  for (const press of [() => stop.click(), () => stop.press('Enter')]) {
    await chat.send('Tell me');
    await expect(chat.replies().last()).toContainText('Once upon');
    await press();
    await page.keyboard.type('abc');
    await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
    await expect(field).toHaveValue('abc');
  }
});

test('a double click renames any session, and opens it once', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('The first');
  await chat.openNew();
  await chat.ask('The second');
  const before = await page.evaluate(() => history.length);
  await row(page, 'The first').getByRole('link').dblclick();
  const name = page.getByRole('textbox', { name: 'Name of the chat' });
  await expect(page.getByRole('log').getByText('The first')).toBeVisible();
  await expect(name).toBeFocused();
  expect(await page.evaluate(() => history.length)).toBe(before + 1);
  await name.fill('Renamed');
  await name.press('Enter');
  await expect(row(page, 'Renamed')).toBeVisible();
});

test.describe('over plain HTTP', () => {
  test.use({ expected: /Cross-Origin-Opener-Policy header has been ignored/ });

  test('Copy copies', async ({ page, server }) => {
    server.upstream.behave(answer('Look:\n\n```ts\nconst a = 1;\nconst b = 2;\n```'));
    await page.clock.install();
    // Not localhost, so that the browser has no Clipboard API.
    await page.goto(server.network.url.replace('127.0.0.1', 'lan.test'));
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    const field = fieldOf(page);
    await field.fill('Code, please');
    await field.press('Enter');
    const reply = page.locator('.reply');
    await expect(reply).toHaveAttribute('aria-busy', 'false');
    const pasted = async () => {
      await field.fill('');
      await field.press('ControlOrMeta+v');
      return field.inputValue();
    };
    const code = reply.locator('figure').getByRole('button').last();
    // It says so for a second, which stands still here.
    await page.clock.pauseAt(Date.now() + 5000);
    await code.click();
    await expect(code).toHaveText('Copied!');
    await page.clock.resume();
    await expect(code).toBeFocused();
    expect(await pasted()).toBe('const a = 1;\nconst b = 2;');
    await reply.getByRole('button', { name: 'Copy' }).last().click();
    await expect.poll(pasted).toContain('```ts');
    // If even that fails, the text is selected, so that the user can copy it.
    await page.evaluate(() => {
      document.execCommand = () => false;
    });
    await expect(code).toHaveText('Copy');
    await code.click();
    await expect(code).toContainText('Selected');
    expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe(
      'const a = 1;\nconst b = 2;',
    );
  });
});

test('on a phone Enter makes a new line and the button sends', async ({ phone: page }) => {
  await page.goto('/');
  const field = fieldOf(page);
  await field.tap();
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await expect(field).toHaveValue('one\ntwo');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(page.locator('.reply')).toHaveText(/Hello from upstream/);
  await expect(page.getByRole('log')).toContainText('one\ntwo');
});

test('text typed before hydration is kept, after a draft, and can be sent', async ({
  chat,
  page,
}) => {
  let gate = Promise.withResolvers<void>();
  await page.route('**/*.js*', async (route) => {
    await gate.promise;
    await route.continue();
  });
  const field = fieldOf(page);
  const early = async (words: string) => {
    await page.goto('/', { waitUntil: 'commit' });
    await field.click();
    await page.keyboard.type(words);
    gate.resolve();
    await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
  };
  await early('early words');
  await expect(field).toHaveValue('early words');
  gate = Promise.withResolvers<void>();
  await early('and more');
  await expect(field).toHaveValue('early words\n\nand more');
  await field.press('Enter');
  await expect(chat.replies()).toHaveText([/Hello from upstream/]);
});

testAtLength(
  'every page of a phone has a way to the sessions and to a new one',
  async ({ phone: page }) => {
    for (const path of ['/s', '/deleted', '/s/2f3a1c9e-0000-4000-8000-000000000000', '/nowhere']) {
      await page.goto(path);
      await page.getByRole('button', { name: 'Chats', exact: true }).tap();
      await expect(page.getByRole('complementary', { name: 'Chats' })).toBeInViewport();
      await page.getByRole('button', { name: 'Close the list of chats' }).tap();
      await page.locator('.page-bar').getByRole('link', { name: 'New chat' }).tap();
      await expect(fieldOf(page)).toBeVisible();
    }
  },
);

test('an arrow key opens a menu, a letter finds an item, Tab or another press closes it', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('With a menu');
  const button = page.getByRole('main').getByRole('button', { name: /Actions/ });
  const item = (name: string) => page.getByRole('menuitem', { name });
  await button.press('ArrowDown');
  await expect(item('Rename')).toBeFocused();
  await page.keyboard.press('e');
  await expect(item('Export as Markdown')).toBeFocused();
  await page.keyboard.press('e');
  await expect(item('Export as JSON')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(button).not.toBeFocused();
  await button.press('ArrowUp');
  await expect(item('Delete')).toBeFocused();
  await button.click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await button.click();
  await expect(item('Rename')).toBeFocused();
});
