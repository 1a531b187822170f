import { globSync, readFileSync } from 'node:fs';
import { answer, spokenBy } from '../../upstream/upstream';
import { expectAccessible } from '../accessibility';
import { expect, test, testAtLength } from '../fixtures';

test('a temporary chat remembers what was said, is stored nowhere, and asks before a reload ends it', async ({
  page,
  chat,
  server,
}) => {
  await chat.open();
  await page.getByRole('link', { name: 'Temporary chat' }).click();
  await expect(page.getByRole('heading', { name: 'Temporary chat' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Model' }).selectOption('gpt-4');
  server.upstream.behave(answer('Hello from a hidden walrus'));
  await chat.ask('a secret zebra');
  expect(server.upstream.requests.at(-1)?.body.model).toBe('gpt-4');
  await chat.ask('and a second okapi');
  const prompt = server.upstream.requests.at(-1)?.body.messages.map(({ content }) => content);
  expect(prompt).toEqual(
    expect.arrayContaining([
      'a secret zebra',
      expect.stringContaining('Hello'),
      'and a second okapi',
    ]),
  );
  await expectAccessible(page);
  await expect(page).toHaveURL('/temporary');
  await expect(page.getByText('No chats yet.')).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(kept).not.toMatch(/zebra|okapi|walrus/);
  for (const file of globSync(`${server.database}*`))
    for (const word of ['zebra', 'walrus'])
      expect(readFileSync(file).includes(word), `${word} in ${file}`).toBe(false);

  // Other pages of the app do not end it.
  await chat.openNew();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Temporary chat' })).toBeVisible();
  await expect(chat.replies()).toHaveCount(2);
  const asked = page.waitForEvent('dialog');
  const reloaded = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await reloaded;
  await expect(page.getByRole('heading', { name: 'Temporary chat' })).toBeVisible();
  await expect(chat.replies()).toHaveCount(0);
});

testAtLength(
  'code that was written before the eyes stays unfolded when the reply ends',
  async ({ chat, server }) => {
    const reply = spokenBy(server.upstream);
    await chat.open('/temporary');
    await chat.send('Code');
    await expect.poll(() => server.upstream.requests.length).toBe(1);
    const code = chat.replies().getByRole('figure');
    reply.say('```js\nbegun();\n');
    await expect(code).toContainText('begun');
    reply.say(`${'line();\n'.repeat(60)}\`\`\`\n\nSo much`);
    await expect(code).toContainText('Show fewer lines');
    await code.evaluate((element) => {
      element.dataset['seen'] = '';
    });
    reply.finish();
    await expect(chat.replies()).toHaveAttribute('aria-busy', 'false');
    await expect(code).toHaveAttribute('data-seen');
    await expect(code).not.toHaveAttribute('data-folded');
  },
);

test.describe('when the message fails', () => {
  test.use({ expected: /net::ERR_FAILED/ });

  test('its words are in the field again, also when the page was left meanwhile', async ({
    page,
    chat,
  }) => {
    const gate = Promise.withResolvers<void>();
    await page.route('**/api/chat/stream', async (route) => {
      await gate.promise;
      await route.abort();
    });
    await chat.open('/temporary');
    await chat.send('a secret zebra');
    const field = page.getByRole('textbox', { name: 'Message' });
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    await field.fill('and an okapi');
    const back = async () => {
      await chat.openNew();
      await page.goBack();
      await expect(page.getByRole('heading', { name: 'Temporary chat' })).toBeVisible();
    };
    await back();
    await expect(field).toHaveValue('and an okapi');
    await chat.openNew();
    const failed = page.waitForEvent('requestfailed');
    gate.resolve();
    await failed;
    await page.goBack();
    await expect(field).toHaveValue('a secret zebra\n\nand an okapi');
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).not.toMatch(/zebra|okapi/);
    await page.unroute('**/api/chat/stream');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(chat.replies()).toHaveText([/Hello from upstream/]);
  });
});
