import type { BrowserContext, Page } from '@playwright/test';
import {
  answer,
  openStream,
  stallAfter,
  status,
  token,
  DONE,
  FINISH,
} from '../../upstream/upstream';
import { chatOn, expect, test, testAtLength, waitForHydration, type ChatPage } from '../fixtures';
import { act, changed, row } from './session-rows';

const replies = (page: Page) => chatOn(page).replies();
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });

/** Opens the session that a first tab has just begun in a second one. */
async function second(context: BrowserContext, chat: ChatPage, question: string): Promise<Page> {
  await chat.open();
  await chat.ask(question);
  const page = await context.newPage();
  await page.goto(chat.page.url());
  await expect(replies(page)).toHaveText([/Hello from upstream/]);
  return page;
}

test('a turn that begins in one tab streams in the other, and stops in both', async ({
  chat,
  page,
  context,
  server,
}) => {
  const other = await second(context, chat, 'First');
  const first = replies(page).first();
  await first.evaluate((node) => {
    Reflect.set(node, 'marked', true);
  });
  server.upstream.behave(stallAfter('Once', ' upon', ' a time'));
  await chatOn(other).send('Tell me a story');
  await expect(page.getByRole('log').getByText('Tell me a story')).toBeVisible();
  await expect(replies(page).last()).toHaveText(/Once upon a time/);
  await field(page).fill('A draft that stays');
  await page.getByRole('button', { name: 'Stop' }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByRole('log')).toContainText('Stopped');
    await expect(tab.getByRole('button', { name: 'Send' })).toBeVisible();
    await expect(replies(tab)).toHaveCount(2);
  }
  await expect(field(page)).toHaveValue('A draft that stays');
  // The first tab still shows the same elements.
  expect(await first.evaluate((node) => Reflect.get(node, 'marked'))).toBe(true);
});

test('a new session, a rename and a deletion appear in the other tab and on another device', async ({
  chat,
  page,
  context,
  browser,
}) => {
  const other = await second(context, chat, 'Shared');
  const device = await browser.newContext({ storageState: await context.storageState() });
  device.on('page', waitForHydration);
  const phone = await device.newPage();
  await phone.goto(page.url());
  await act(other, 'Shared', 'Rename');
  await other.getByRole('textbox', { name: 'Name of the chat' }).fill('Renamed');
  await other.keyboard.press('Enter');
  for (const tab of [page, phone]) await expect(row(tab, 'Renamed')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Renamed' })).toBeVisible();

  await field(page).fill('Half a thought');
  await act(other, 'Renamed', 'Delete');
  const gone = page.getByRole('alert').filter({ hasText: 'This chat was deleted' });
  await expect(gone).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: /Actions|Memory/ })).toHaveCount(
    0,
  );
  await expect(row(phone, 'Renamed')).toHaveCount(0);
  await gone.getByRole('button', { name: 'Restore' }).click();
  await expect(replies(page)).toHaveText([/Hello from upstream/]);
  await expect(field(page)).toHaveValue('Half a thought');
  for (const tab of [other, phone]) await expect(row(tab, 'Renamed')).toBeVisible();

  await phone.goto(new URL('/', page.url()).href);
  await chatOn(phone).send('From elsewhere');
  for (const tab of [page, other]) await expect(row(tab, 'From elsewhere')).toBeVisible();
  await device.close();
});

test('two tabs that send at the same time each get the reply below their own message', async ({
  chat,
  page,
  context,
  server,
}) => {
  const other = await second(context, chat, 'First');
  server.upstream.behave(async (response, { body }) => {
    openStream(response);
    // A message without a reply yet precedes it in the same user message.
    const question = body.messages.at(-1)?.content.split('\n\n').at(-1) ?? '';
    for (const word of ['Reply', ' to', ' ', question]) {
      response.write(token(word));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    response.end(FINISH + DONE);
  });
  // Neither tab sees the other's turn before both have sent: while a turn is running, Enter sends nothing.
  const gate = Promise.withResolvers<void>();
  let sent = 0;
  for (const tab of [page, other])
    await tab.route('**/api/chat/stream', async (route) => {
      sent += 1;
      if (sent === 2) gate.resolve();
      await gate.promise;
      await route.continue();
    });
  await field(page).fill('apples');
  await field(other).fill('pears');
  await Promise.all([field(page).press('Enter'), field(other).press('Enter')]);
  const shown = async (tab: Page) => {
    const texts = await tab.getByRole('log').getByRole('article').allInnerTexts();
    return texts.map((text) => /(Reply to )?(apples|pears)/.exec(text)?.[0]).filter(Boolean);
  };
  for (const tab of [page, other]) {
    await expect(replies(tab)).toHaveCount(3);
    await expect(tab.getByRole('log')).toContainText('Reply to apples');
    await expect(tab.getByRole('log')).toContainText('Reply to pears');
    await expect(tab.locator('.reply[aria-busy=true]')).toHaveCount(0);
  }
  const order = await shown(page);
  expect([
    ['apples', 'Reply to apples', 'pears', 'Reply to pears'],
    ['pears', 'Reply to pears', 'apples', 'Reply to apples'],
  ]).toContainEqual(order);
  expect(await shown(other)).toEqual(order);
  await page.reload();
  await expect(replies(page)).toHaveCount(3);
  expect(await shown(page)).toEqual(order);
});

test.describe('with expected refusals', () => {
  test.use({ expected: /the server responded with a status of|net::ERR_FAILED/ });

  testAtLength(
    'a failed turn dismissed in one tab disappears from the other',
    async ({ chat, page, context, server }) => {
      const other = await second(context, chat, 'First');
      server.upstream.behave(status(401));
      await chatOn(page).send('Fails');
      const failed = (tab: Page) => chatOn(tab).failed();
      for (const tab of [page, other]) await expect(failed(tab)).toContainText('Fails');
      await failed(other).getByRole('button', { name: 'Dismiss' }).click();
      for (const tab of [other, page]) await expect(failed(tab)).toHaveCount(0);
    },
  );

  test('a title conflict offers the title from elsewhere beside one’s own', async ({
    chat,
    page,
    context,
  }) => {
    const other = await second(context, chat, 'Fruit');
    const rename = async (tab: Page, from: string, to: string, meanwhile?: () => Promise<void>) => {
      await act(tab, from, 'Rename');
      const name = tab.getByRole('textbox', { name: 'Name of the chat' });
      await name.fill(to);
      await meanwhile?.();
      await changed(tab, () => name.press('Enter'));
    };
    const choice = page.getByRole('alert', { name: 'Renamed elsewhere' });
    await rename(page, 'Fruit', 'Apples', () => rename(other, 'Fruit', 'Pears'));
    await expect(choice).toContainText('Pears');
    await expect(choice).toContainText('Apples');
    await choice.getByRole('button', { name: 'Use the other version' }).click();
    await expect(choice).toHaveCount(0);
    await expect(row(page, 'Pears')).toBeVisible();
    await rename(page, 'Pears', 'Plums', () => rename(other, 'Pears', 'Cherries'));
    await choice.getByRole('button', { name: 'Keep my version' }).click();
    for (const tab of [page, other]) await expect(row(tab, 'Plums')).toBeVisible();
  });

  test('a changed memory is shown, and during an edit it is offered beside one’s own text', async ({
    chat,
    page,
    context,
    server,
  }) => {
    server.upstream.behaveMerging(answer('- merged'));
    const other = await second(context, chat, 'Drinks');
    const text = (tab: Page) => tab.getByRole('textbox', { name: 'Memory of this chat' });
    const lines = (tab: Page) => tab.getByRole('list', { name: 'Memory of this chat' });
    const edit = async (tab: Page, memory: string) => {
      await tab.getByRole('button', { name: 'Edit as text' }).click();
      await text(tab).fill(memory);
    };
    const save = async (tab: Page, memory: string) => {
      await edit(tab, memory);
      await tab.getByRole('button', { name: 'Save' }).click();
      await expect(tab.getByText('Memory saved')).toBeAttached();
    };
    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: 'Memory' }).click();
      await expect(lines(tab)).toHaveText('merged');
    }
    await save(other, '- tea');
    await expect(lines(page)).toHaveText('tea');
    await edit(page, '- coffee');
    await save(other, '- juice');
    const choice = page.getByRole('alert').filter({ hasText: 'changed elsewhere' });
    await expect(choice).toContainText('- juice');
    await expect(text(page)).toHaveValue('- coffee');
    await choice.getByRole('button', { name: 'Keep my version' }).click();
    await expect(lines(other)).toHaveText('coffee');
    await expect(choice).toHaveCount(0);
    await edit(page, '- milk');
    await save(other, '- water');
    await choice.getByRole('button', { name: 'Use the other version' }).click();
    await expect(lines(page)).toHaveText('water');
  });

  testAtLength(
    'a stale edit without a change feed is a conflict, and both texts are offered',
    async ({ chat, page, server }) => {
      server.upstream.behaveMerging(answer('- merged'));
      await chat.open();
      await chat.ask('Drinks');
      await expect(page).toHaveURL(/\/s\//);
      const at = `/api/sessions/${page.url().split('/').at(-1) ?? ''}/memory`;
      const origin = new URL(page.url()).origin;
      // Without the feed, only the server can detect the conflict.
      await page.route('**/api/sessions/changes', (route) => route.abort());
      await page.reload();
      await page.getByRole('button', { name: 'Memory' }).click();
      const text = page.getByRole('textbox', { name: 'Memory of this chat' });
      await page.getByRole('button', { name: 'Edit as text' }).click();
      await expect(text).toHaveValue('- merged');
      await text.fill('- mine');
      await page.request.put(at, { data: { memory: '- theirs' }, headers: { Origin: origin } });
      await page.getByRole('button', { name: 'Save' }).click();
      const choice = page.getByRole('alert').filter({ hasText: 'while you were editing' });
      await expect(choice).toContainText('- theirs');
      await expect(text).toHaveValue('- mine');
      await choice.getByRole('button', { name: 'Keep my version' }).click();
      await expect(page.getByText('Memory saved')).toBeAttached();
      const stored = (await (await page.request.get(at)).json()) as { memory: string };
      expect(stored.memory).toBe('- mine');
    },
  );
});

testAtLength(
  'a hidden tab closes its change feed, and catches up when it becomes visible',
  async ({ chat, page, context }) => {
    const other = await second(context, chat, 'Hide and seek');
    const show = (visible: boolean) =>
      page.evaluate((shown) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => !shown });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visible);
    const closed = page.waitForEvent('requestfailed', (request) =>
      request.url().endsWith('/api/sessions/changes'),
    );
    await show(false);
    await closed;
    await act(other, 'Hide and seek', 'Rename');
    await other.getByRole('textbox', { name: 'Name of the chat' }).fill('Found');
    await other.keyboard.press('Enter');
    await expect(row(other, 'Found')).toBeVisible();
    await show(true);
    await expect(row(page, 'Found')).toBeVisible();
  },
);
