import {
  answer,
  cutAfter,
  DONE,
  FINISH,
  openStream,
  stallAfter,
  status,
  token,
} from '../upstream/upstream';
import { expect, test } from './fixtures';

test('a message is answered, the session gets an address and a title, and a reload shows the same', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('What is a session?');
  await expect(chat.replies()).toHaveText(/Hello from upstream/);
  await expect(page).toHaveURL(/\/s\/[\da-f-]{36}$/);
  const sidebar = page.getByRole('navigation', { name: 'Your sessions' });
  await expect(sidebar.getByRole('link', { name: 'What is a session?' })).toBeVisible();
  await page.reload();
  await expect(chat.replies()).toHaveText(/Hello from upstream/);
  await expect(page.getByRole('log').getByText('What is a session?')).toBeVisible();
});

test('a reply appears while it is written, and can be stopped; what came stays', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(stallAfter('Once', ' upon', ' a time'));
  await chat.open();
  await chat.send('Tell me a story');
  await expect(chat.replies()).toHaveText(/Once upon a time/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await server.upstream.requests.at(-1)?.closed;
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  await expect(page.getByRole('log')).toContainText(/stopped/i);
  await page.reload();
  await expect(chat.replies()).toHaveText(/Once upon a time/);
});

test('a double click on Send sends once and does not stop the reply', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  await chat.ask('First');
  server.upstream.requests.length = 0;
  server.upstream.behave(answer('A reply of several words', { pauseMs: 50 }));
  await page.getByRole('textbox', { name: 'Message' }).fill('Second');
  await page.getByRole('button', { name: 'Send' }).dblclick();
  await expect(chat.replies().last()).toContainText('A reply of several words');
  await expect(page.getByRole('log')).not.toContainText('Stopped');
  expect(server.upstream.requests).toHaveLength(1);
});

test('a stored reply without a visible word says so, and its question can be asked again', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Say nothing');
  await expect(page).toHaveURL(/\/s\//);
  const session = page.url().split('/').at(-1) ?? '';
  const appended = await page.request.post(`/api/sessions/${session}/messages`, {
    data: { role: 'assistant', content: ' \n ' },
    headers: { Origin: new URL(page.url()).origin },
  });
  expect(appended.status()).toBe(201);
  await page.reload();
  const empty = chat.replies().last();
  await expect(empty).toContainText('The reply is empty.');
  await expect(empty.getByRole('button', { name: 'Copy' })).toHaveCount(0);
  await empty.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.replies()).toHaveCount(3);
  await expect(chat.replies().last()).toContainText('Hello from upstream');
});

test('a message whose tab closed before the answer came is not shown as unsent once it is answered', async ({
  chat,
  page,
}) => {
  await chat.open();
  const sent = page.waitForRequest((request) => request.url().endsWith('/api/chat/stream'));
  await chat.ask('Did it arrive?');
  await expect(page).toHaveURL(/\/s\//);
  const id = (await sent).headers()['idempotency-key'];
  const place = `ask-next:unsent:${page.url().split('/').at(-1) ?? ''}`;
  await page.evaluate(
    ([key, kept]) => {
      localStorage.setItem(key, kept);
    },
    [place, JSON.stringify([{ id, text: 'Did it arrive?', model: '' }])] as const,
  );
  await page.reload();
  await expect(chat.replies()).toHaveText([/Hello from upstream/]);
  await expect.poll(() => page.evaluate((key) => localStorage.getItem(key), place)).toBeNull();
  await expect(page.getByRole('article', { name: 'Message without a reply' })).toHaveCount(0);
});

test('reloading while a reply is written shows it going on', async ({ chat, page, server }) => {
  const gate = Promise.withResolvers<void>();
  server.upstream.behave(async (response) => {
    openStream(response).write(token('Once upon'));
    await gate.promise;
    response.end(token(' a time') + FINISH + DONE);
  });
  await chat.open();
  await chat.send('Tell me a story');
  await expect(chat.replies()).toHaveText(/Once upon/);
  await expect(page).toHaveURL(/\/s\//);
  await page.reload();
  await expect(chat.replies()).toHaveText(/Once upon/);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  gate.resolve();
  await expect(chat.replies()).toHaveText(/Once upon a time/);
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
});

test('going to another session does not stop a reply or write into the wrong one', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(
    answer('first words then more and more and more', { pauseMs: 150 }),
    answer('Second reply'),
  );
  await chat.open();
  await chat.send('Slow question');
  await expect(chat.replies()).toHaveText(/first words/);
  await chat.openNew();
  await chat.ask('Quick question');
  await expect(chat.replies()).toHaveText([/Second reply/]);
  await page.getByRole('link', { name: 'Slow question' }).click();
  await expect(chat.replies()).toHaveText([/first words then more and more and more/]);
});

test.describe('when a turn fails', () => {
  test.use({ expected: /the server responded with a status of/ });

  test('its words and a reference are shown, and Retry sends them again', async ({
    chat,
    page,
    server,
  }) => {
    server.upstream.behave(status(401));
    await chat.open();
    await chat.send('Important words');
    const failed = page.getByRole('article', { name: 'Message without a reply' });
    await expect(failed).toContainText('Important words');
    await expect(failed).toContainText(/Ref: [\da-f-]{36}/);
    await page.reload();
    await expect(failed).toContainText('Important words');
    server.upstream.behave(answer('Better now'));
    await failed.getByRole('button', { name: 'Retry' }).click();
    await expect(chat.replies()).toHaveText([/Better now/]);
    await expect(failed).toHaveCount(0);
  });

  test('after a reload, too, its words are there, and Edit takes them back', async ({
    chat,
    page,
    server,
  }) => {
    const gate = Promise.withResolvers<void>();
    server.upstream.behave(async (response, request) => {
      await gate.promise;
      await status(401)(response, request);
    });
    await chat.open();
    await chat.send('Words worth keeping');
    await expect(page).toHaveURL(/\/s\//);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    gate.resolve();
    const failed = page.getByRole('article', { name: 'Message without a reply' });
    await expect(failed).toContainText('Words worth keeping');
    await failed.getByRole('button', { name: 'Edit' }).click();
    const field = page.getByRole('textbox', { name: 'Message' });
    await expect(field).toHaveValue('Words worth keeping');
    await expect(failed).toHaveCount(0);
  });

  test('it can be dismissed for good', async ({ chat, page, server }) => {
    server.upstream.behave(status(401));
    await chat.open();
    await chat.send('Never mind');
    const failed = page.getByRole('article', { name: 'Message without a reply' });
    await failed.getByRole('button', { name: 'Dismiss' }).click();
    await expect(failed).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await page.reload();
    await expect(failed).toHaveCount(0);
  });

  test('a reply that breaks off keeps what came and says so', async ({ chat, page, server }) => {
    server.upstream.behave(cutAfter('Once', ' upon'));
    await chat.open();
    await chat.send('Tell me');
    await expect(chat.replies()).toHaveText(/Once upon/);
    await expect(page.getByRole('log')).toContainText(/cut off|interrupted/i);
  });
});

test.describe('when the network breaks', () => {
  test.use({ expected: /net::ERR_|Failed to load resource/ });

  test('a stream that is cut goes on where it was, without gap or repeat, and is paid for once', async ({
    chat,
    server,
  }) => {
    const words = Array.from({ length: 20 }, (_, n) => `word${String(n)}`).join(' ');
    server.upstream.behave(answer(words, { pauseMs: 60 }));
    await chat.open();
    await chat.send('Count');
    await expect(chat.replies()).toContainText('word3');
    server.network.cut();
    await expect(chat.replies()).toContainText('word19', { timeout: 10_000 });
    await expect(chat.replies().locator('p').first()).toHaveText(words);
    expect(server.upstream.requests).toHaveLength(1);
  });

  test('without any network the words are kept, and are sent when it is back', async ({
    chat,
    page,
    server,
  }) => {
    await chat.open();
    await chat.ask('First');
    server.network.down();
    await chat.send('Into the void');
    await expect(page.getByText('Into the void')).toBeVisible();
    await expect(page.getByText('The connection is lost. Trying again…')).toBeVisible();
    server.network.up();
    await expect(chat.replies().last()).toHaveText(/Hello from upstream/, { timeout: 20_000 });
    await expect(chat.replies()).toHaveCount(2);
  });
});

test('without streaming the reply comes whole', async ({ chat, page }) => {
  await chat.open();
  await page.getByText('Stream', { exact: true }).click();
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/chat'));
  await chat.ask('At once, please');
  expect((await answered).status()).toBe(200);
  await expect(chat.replies()).toHaveText(/Hello from upstream/);
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Stream' })).not.toBeChecked();
});

test('the chosen model is the one that is asked, also after a reload', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  await page.getByRole('combobox', { name: 'Model' }).selectOption('gpt-4');
  await chat.ask('Who are you?');
  expect(server.upstream.requests.at(-1)?.body.model).toBe('gpt-4');
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('gpt-4');
});

test('a draft survives a reload, and Shift+Enter makes a new line', async ({ chat, page }) => {
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('One');
  await field.press('Shift+Enter');
  await field.pressSequentially('Two');
  await expect(field).toHaveValue('One\nTwo');
  await page.reload();
  await expect(field).toHaveValue('One\nTwo');
});

test('Enter that ends a composition of characters sends nothing', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('にほ');
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
  await expect(field).toHaveValue('にほ');
  expect(server.upstream.requests).toHaveLength(0);
});

test('a message over 4,000 characters is counted and cannot be sent', async ({ chat, page }) => {
  await chat.open();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('x'.repeat(3990));
  await expect(page.getByText('3,990')).toBeVisible();
  await field.fill('😀'.repeat(4001));
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
});

test('hostile Markdown is text, loads nothing and leaves the page alive', async ({
  chat,
  page,
  server,
}) => {
  const hostile = [
    '<script>window.hacked = true</script><img src=x onerror="window.hacked = true">',
    '[click](javascript:window.hacked=true)',
    '![pixel](https://tracker.example/pixel.png)',
    '> '.repeat(3000),
    '* '.repeat(1500),
    '***a'.repeat(1000),
  ].join('\n\n');
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.network.url)) outside.push(request.url());
  });
  server.upstream.behave(answer(`${hostile}\n\nThe end`));
  await chat.open();
  await chat.send('Be evil');
  await expect(chat.replies()).toContainText('The end');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expect(chat.replies().locator('img, script')).toHaveCount(0);
  await expect(chat.replies().locator('a[href^="javascript"]')).toHaveCount(0);
  await page.reload();
  await expect(chat.replies()).toContainText('The end');
  expect(outside).toEqual([]);
});

test('code is highlighted and copied as it is', async ({ chat, page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  server.upstream.behave(answer('```js\nconst a = 1;\n\nconst b = "two";\n```'));
  await chat.open();
  await chat.send('Code');
  const block = page.getByRole('region', { name: /Code/ });
  await expect(block.locator('.tok-keyword').first()).toHaveText('const');
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByText('Copied!').first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'const a = 1;\n\nconst b = "two";',
  );
  await expect(page.getByText('Copied!')).toHaveCount(0);
});
