import { answer, status, stallAfter } from '../../upstream/upstream';
import { expectAccessible } from '../accessibility';
import { chatOn, expect, test, testAtLength, type ChatPage } from '../fixtures';

test.use({ expected: /the server responded with a status of/ });

const user = ({ page }: ChatPage, text: string) =>
  page
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: 'You' }), hasText: text });
const version = ({ page }: ChatPage, name: string) => page.getByRole('group', { name });
const contents = ({ page }: ChatPage) =>
  page
    .locator('.transcript article')
    .evaluateAll((articles) =>
      articles.map((article) => article.querySelector('.bubble, .markdown')?.textContent ?? ''),
    );

/** Two exchanges. */
async function talked(
  chat: ChatPage,
  upstream: { behave: (...with_: ReturnType<typeof answer>[]) => void },
) {
  upstream.behave(answer('first reply'), answer('second reply'));
  await chat.open();
  await chat.ask('One');
  await chat.ask('Two');
}

test('a message is edited in its place, and the arrow keys go back and forth', async ({
  chat,
  page,
  server,
}) => {
  await talked(chat, server.upstream);
  await user(chat, 'One').hover();
  await user(chat, 'One').getByRole('button', { name: 'Edit message' }).click();
  const editor = page.getByRole('textbox', { name: 'Edited message' });
  await expect(editor).toBeFocused();
  await editor.fill('Uno');
  await editor.press('Escape');
  await expect(user(chat, 'One').getByRole('button', { name: 'Edit message' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(editor).toHaveValue('Uno');
  server.upstream.behave(answer('another reply'));
  await editor.press('Enter');
  await expect.poll(() => contents(chat)).toEqual(['Uno', 'another reply']);
  await expect(version(chat, 'Version 2 of 2')).toBeVisible();

  await version(chat, 'Version 2 of 2').getByRole('button', { name: 'Previous version' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => contents(chat)).toEqual(['One', 'first reply', 'Two', 'second reply']);
  await expect(version(chat, 'Version 1 of 2').getByRole('button').first()).toBeFocused();
  await page.reload();
  await expect.poll(() => contents(chat)).toHaveLength(4);
  await version(chat, 'Version 1 of 2').getByRole('button', { name: 'Next version' }).click();
  await expect.poll(() => contents(chat)).toEqual(['Uno', 'another reply']);
});

test('a reply is regenerated, and the other tab shows it while it is written', async ({
  chat,
  page,
  context,
  server,
}) => {
  await talked(chat, server.upstream);
  const other = chatOn(await context.newPage());
  await other.open(page.url());
  server.upstream.behave(stallAfter('a', ' third'));
  await chat.replies().last().hover();
  await chat.replies().last().getByRole('button', { name: 'Regenerate' }).click();
  for (const tab of [chat, other]) {
    await expect(tab.replies().last()).toContainText('a third');
    await expect(tab.replies()).toHaveCount(2);
  }
  await other.page.getByRole('button', { name: 'Stop' }).click();
  await expect(version(chat, 'Version 2 of 2')).toBeVisible();
  await version(chat, 'Version 2 of 2').getByRole('button', { name: 'Previous version' }).click();
  for (const tab of [chat, other]) {
    await expect(tab.replies().last()).toContainText('second reply');
    await expect(tab.replies()).toHaveCount(2);
  }
  await expect(version(chat, 'Version 1 of 2').getByRole('button').first()).toBeFocused();
});

test('the old reply stays when another one fails, and a notice offers to try again', async ({
  chat,
  page,
  server,
}) => {
  await talked(chat, server.upstream);
  server.upstream.behave(status(401), answer('a third reply'));
  await chat.replies().last().getByRole('button', { name: 'Regenerate' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'No other reply was written.' });
  await expect(notice).toBeVisible();
  await expect.poll(() => contents(chat)).toEqual(['One', 'first reply', 'Two', 'second reply']);
  await notice.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.replies().last()).toContainText('a third reply');
});

test('a session is forked from a reply, and a selection is quoted', async ({
  chat,
  page,
  server,
}) => {
  await talked(chat, server.upstream);
  const before = page.url();
  const first = chat.replies().first();
  await first.locator('.markdown').getByText('first reply').selectText();
  await first.hover();
  await first.getByRole('button', { name: 'More actions for this reply' }).click();
  await page.getByRole('menuitem', { name: 'Quote in reply' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('> first reply\n\n');
  await first.getByRole('button', { name: 'More actions for this reply' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fork from here' }).press('Enter');
  await expect(page).not.toHaveURL(before);
  await expect.poll(() => contents(chat)).toEqual(['One', 'first reply']);
  await chat.ask('Three');
  await page.goto(before);
  await expect.poll(() => contents(chat)).toEqual(['One', 'first reply', 'Two', 'second reply']);
});

test('a reply is copied as Markdown or as text, and another model gives another', async ({
  chat,
  page,
  context,
  server,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  server.upstream.behave(answer('It is **bold**.'), answer('another reply'));
  await chat.open();
  await chat.ask('One');
  const reply = chat.replies().first();
  const choose = async (name: string | RegExp) => {
    await reply.getByRole('button', { name: 'More actions for this reply' }).press('Enter');
    await page.getByRole('menuitem', { name }).press('Enter');
  };
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await choose('Copy as Markdown');
  await expect.poll(copied).toBe('It is **bold**.');
  await choose('Copy as plain text');
  await expect.poll(copied).toBe('It is bold.');
  await choose('Regenerate with gpt-4');
  await expect.poll(() => contents(chat)).toEqual(['One', 'another reply']);
  expect(server.upstream.requests.at(-1)?.body.model).toBe('gpt-4');
  await expect(version(chat, 'Version 2 of 2')).toBeVisible();
  await expectAccessible(page);
});

testAtLength(
  'an edit that fails keeps its words and what was shown, and is retried in its place',
  async ({ chat, page, server }) => {
    await talked(chat, server.upstream);
    server.upstream.behave(status(401), answer('another reply'));
    await user(chat, 'One').getByRole('button', { name: 'Edit message' }).click();
    await page.getByRole('textbox', { name: 'Edited message' }).fill('Uno');
    await page.getByRole('button', { name: 'Send' }).first().click();
    await expect(chat.failed()).toContainText('Uno');
    await expect(chat.replies()).toHaveCount(2);
    await page.reload();
    await chat.failed().getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => contents(chat)).toEqual(['Uno', 'another reply']);
  },
);

testAtLength('on a phone every action can be reached by touch', async ({ phone, server }) => {
  const chat = chatOn(phone);
  await chat.open();
  server.upstream.behave(answer('first reply'), answer('another reply'), answer('a third'));
  await phone.getByRole('textbox', { name: 'Message' }).fill('One');
  await phone.getByRole('button', { name: 'Send' }).tap();
  await expect(chat.replies()).toHaveAttribute('aria-busy', 'false');
  await user(chat, 'One').getByRole('button', { name: 'Edit message' }).tap();
  await phone.getByRole('textbox', { name: 'Edited message' }).fill('Uno');
  await phone.getByRole('button', { name: 'Send' }).first().tap();
  await expect.poll(() => contents(chat)).toEqual(['Uno', 'another reply']);
  await version(chat, 'Version 2 of 2').getByRole('button', { name: 'Previous version' }).tap();
  await expect.poll(() => contents(chat)).toEqual(['One', 'first reply']);
  await chat.replies().getByRole('button', { name: 'Regenerate' }).tap();
  await expect.poll(() => contents(chat)).toEqual(['One', 'a third']);
  await user(chat, 'One').getByRole('button', { name: 'More actions for this message' }).tap();
  await expect(phone.getByRole('menuitem', { name: 'Fork from here' })).toBeInViewport();
});
