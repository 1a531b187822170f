import type { Page } from '@playwright/test';
import { answer } from '../../upstream/upstream';
import { expectAccessible } from '../accessibility';
import { chatOn, expect, test, testAtLength } from '../fixtures';

test('the memory is shown, edited, switched off and deleted', async ({ chat, page, server }) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  await chat.open();
  await chat.ask('I like tea');
  const panel = page.getByRole('dialog', { name: 'Memory' });
  const lines = panel.getByRole('list', { name: 'Memory of this chat' });
  const text = panel.getByRole('textbox', { name: 'Memory of this chat' });
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(lines).toHaveText('likes tea');
  await panel.getByRole('button', { name: 'Edit as text' }).click();
  await text.fill('- likes coffee');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Memory saved')).toBeAttached();
  await expect(panel.getByRole('button', { name: 'Edit as text' })).toBeFocused();
  const switched = page.waitForResponse((response) => response.request().method() === 'PUT');
  await panel.getByText('Use and update the memory').click();
  await switched;
  await page.reload();
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(lines).toHaveText('likes coffee');
  await expect(panel.getByRole('switch', { name: 'Use and update the memory' })).not.toBeChecked();
  await panel.getByRole('button', { name: 'Forget all' }).click();
  await expect(page.getByText('Memory forgotten')).toBeAttached();
  await expect(text).toHaveValue('');
  await text.fill('- likes water');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(lines).toHaveText('likes water');
});

test('a line is pinned against the model and another forgotten; a change in the middle is undone', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behaveMerging(answer('- likes tea\n- lives in Oslo'));
  await chat.open();
  await chat.ask('I like tea in Oslo');
  const panel = page.getByRole('dialog', { name: 'Memory' });
  const lines = panel.getByRole('list', { name: 'Memory of this chat' }).getByRole('listitem');
  const changes = panel.locator('.memory-history > ol > li');
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(lines).toHaveText(['likes tea', 'lives in Oslo']);
  await expect(panel).toContainText('27 of 2,000 characters');
  const pin = panel.getByRole('button', { name: 'Pin: likes tea' });
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await panel.getByRole('button', { name: 'Close the memory' }).click();
  server.upstream.behaveMerging(answer('- lives in Bergen'));
  await chat.ask('I moved to Bergen');
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(lines).toHaveText(['likes tea', 'lives in Bergen']);
  await expect(changes.first()).toContainText('The model');
  await expect(changes.first().getByRole('listitem')).toHaveText([
    'Removed: lives in Oslo',
    'Added: lives in Bergen',
  ]);
  await panel.getByRole('button', { name: 'Forget: likes tea' }).click();
  await expect(lines).toHaveText(['lives in Bergen']);
  await expectAccessible(page);
  await changes
    .nth(1)
    .getByRole('button', { name: /^Undo the change/ })
    .click();
  await expect(lines).toHaveText(['lives in Oslo']);
  await expect(changes).toHaveCount(4);
});

test.describe('when later changes touched the same lines', () => {
  test.use({ expected: /the server responded with a status of 409/ });

  testAtLength(
    'an undo is refused with a sentence, and nothing changes',
    async ({ chat, page, server }) => {
      server.upstream.behaveMerging(answer('- likes tea'));
      await chat.open();
      await chat.ask('I like tea');
      const panel = page.getByRole('dialog', { name: 'Memory' });
      await page.getByRole('button', { name: 'Memory' }).click();
      await panel.getByRole('button', { name: 'Edit as text' }).click();
      await panel.getByRole('textbox').fill('- likes coffee');
      await panel.getByRole('button', { name: 'Save' }).click();
      const undo = panel.getByRole('button', { name: /^Undo the change/ });
      await expect(undo).toHaveCount(2);
      await undo.last().click();
      await expect(panel.getByRole('alert')).toContainText('Later changes touched the same lines');
      const lines = panel.getByRole('list', { name: 'Memory of this chat' });
      await expect(lines).toHaveText('likes coffee');
      await expect(undo).toHaveCount(2);
    },
  );
});

testAtLength('on a phone a change leads to its reply, by touch', async ({ phone, server }) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  const chat = chatOn(phone);
  await chat.open();
  const field = phone.getByRole('textbox', { name: 'Message' });
  // Enter is a line break on a phone.
  const ask = async (text: string, count: number) => {
    await field.fill(text);
    await phone.getByRole('button', { name: 'Send' }).tap();
    await expect(chat.replies()).toHaveCount(count);
    await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
  };
  await ask('I like tea', 1);
  await phone.getByRole('button', { name: 'Memory' }).tap();
  const panel = phone.getByRole('dialog', { name: 'Memory' });
  await expect(panel.getByRole('link', { name: 'Go to the reply' })).toBeVisible();
  await expectAccessible(phone);
  await panel.getByRole('button', { name: 'Close the memory' }).tap();
  for (let n = 2; n <= 4; n += 1) await ask(`A long question ${'and on '.repeat(60)}`, n);
  await expect(chat.replies().first()).not.toBeInViewport();
  await phone.getByRole('button', { name: 'Memory' }).tap();
  await panel.getByRole('link', { name: 'Go to the reply' }).tap();
  await expect(panel).toHaveCount(0);
  await expect(chat.replies().first()).toBeInViewport();
});

test('an edit of the memory survives closing its panel, which opens only for its session', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  await chat.open();
  await chat.ask('I like tea');
  const panel = page.getByRole('dialog', { name: 'Memory' });
  const text = page.getByRole('textbox', { name: 'Memory of this chat' });
  const edit = panel.getByRole('button', { name: 'Edit as text' });
  await page.getByRole('button', { name: 'Memory' }).click();
  await edit.click();
  await expect(text).toHaveValue('- likes tea');
  await text.fill('- likes coffee');
  // A text selection that ends outside of the panel.
  const { x, y } = (await text.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 80, y + 20);
  await page.mouse.down();
  await page.mouse.move(x - 200, y + 20);
  await page.mouse.up();
  await expect(panel).toBeVisible();
  for (const close of [
    () => page.mouse.click(x - 200, y + 20),
    () => page.keyboard.press('Escape'),
  ]) {
    await close();
    await expect(panel).toHaveCount(0);
    await page.getByRole('button', { name: 'Memory' }).click();
    await expect(text).toHaveValue('- likes coffee');
  }
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(edit).toBeFocused();
  await edit.click();
  await expect(text).toHaveValue('- likes tea');

  await page.goBack();
  await expect(page.getByRole('heading', { name: 'How can I help?' })).toBeVisible();
  await chat.ask('Something else');
  await expect(panel).toHaveCount(0);
});

test('About me is written once, goes into the next prompt, and has a history', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  const open = async () => {
    await page.getByRole('button', { name: 'Your data' }).click();
    await page.getByRole('menuitem', { name: 'About me…' }).click();
  };
  await open();
  const panel = page.getByRole('dialog', { name: 'About me' });
  const text = panel.getByRole('textbox', { name: 'What the model knows about you' });
  await text.fill('I am a nurse in Oslo.');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Text saved')).toBeAttached();
  await expect(panel.locator('.memory-diff')).toHaveText('Added: I am a nurse in Oslo.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await chat.ask('Who am I?');
  const prompts = server.upstream.requests.map(({ body }) => body.messages[0]?.content ?? '');
  expect(prompts.some((each) => each.includes('About the user: I am a nurse in Oslo.'))).toBe(true);
  await open();
  await panel.getByRole('button', { name: /^Undo the change/ }).click();
  await expect(text).toHaveValue('');
  await panel.getByRole('button', { name: 'Forget text and history…' }).click();
  await panel.getByRole('button', { name: 'Forget permanently' }).click();
  await expect(panel.locator('.memory-diff')).toHaveCount(0);
});

testAtLength(
  'another tab learns of a changed About me at once, and its own unsaved text stays',
  async ({ chat, page, context }) => {
    await chat.open();
    await chat.ask('Hello');
    const other = await context.newPage();
    await other.goto('/');
    const about = async (tab: Page) => {
      await tab.getByRole('button', { name: 'Your data' }).click();
      await tab.getByRole('menuitem', { name: 'About me…' }).click();
      const panel = tab.getByRole('dialog', { name: 'About me' });
      const text = panel.getByRole('textbox', { name: 'What the model knows about you' });
      await expect(text).toBeEditable();
      const save = async (words: string) => {
        await text.fill(words);
        await panel.getByRole('button', { name: 'Save' }).click();
        await expect(panel.locator('.memory-diff').first()).toContainText(words);
      };
      return { panel, text, save };
    };
    const [mine, theirs] = [await about(page), await about(other)];
    await theirs.save('I live in Oslo.');
    await expect(mine.text).toHaveValue('I live in Oslo.');
    await mine.text.fill('I live in Rome.');
    await theirs.save('I live in Bergen.');
    await expect(mine.panel).toContainText('Choose a version.');
    await expect(mine.panel.getByText('I live in Bergen.').first()).toBeVisible();
    await expect(mine.text).toHaveValue('I live in Rome.');
  },
);

test('the panel says so when the server uses no memory, and what is stored can be forgotten', async ({
  chat,
  page,
}) => {
  await page.route(/\/memory$/, async (route) => {
    const response = await route.fetch();
    if (route.request().method() === 'DELETE') return route.fulfill({ response });
    const body = (await response.json()) as object;
    return route.fulfill({ response, json: { ...body, available: false } });
  });
  await chat.open();
  await chat.ask('Hello');
  await page.getByRole('button', { name: 'Memory' }).click();
  const panel = page.getByRole('dialog', { name: 'Memory' });
  await expect(panel).toContainText('Memory is switched off on this server');
  await expect(panel).not.toContainText('The model keeps it up to date');
  await expect(panel.getByRole('switch')).toHaveCount(0);
  await expectAccessible(page);
});
