import {
  answer,
  DONE,
  FINISH,
  openStream,
  spokenBy,
  stallAfter,
  token,
} from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';

test('a message is answered, the session gets a URL and a title, and a reload shows the same', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('What is a session?');
  await expect(chat.replies()).toHaveText(/Hello from upstream/);
  await expect(page).toHaveURL(/\/s\/[\da-f-]{36}$/);
  const sidebar = page.getByRole('navigation', { name: 'Your chats' });
  await expect(sidebar.getByRole('link', { name: 'What is a session?' })).toBeVisible();
  await page.reload();
  await expect(chat.replies()).toHaveText(/Hello from upstream/);
  await expect(page.getByRole('log').getByText('What is a session?')).toBeVisible();
});

test('a reply streams and can be stopped; its text stays', async ({ chat, page, server }) => {
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

test('while a model is silent for long, the page shows that it waits', async ({
  chat,
  page,
  server,
}) => {
  const { say, finish } = spokenBy(server.upstream);
  await page.clock.install();
  await chat.open();
  await chat.send('Wake up');
  await expect(page.getByText('Waiting for the reply to start')).toBeAttached();
  await expect(page.getByText('Waiting for the model')).toHaveCount(0);
  await expect.poll(() => server.upstream.requests.length).toBe(1);
  await page.clock.fastForward(5000);
  await expect(page.getByText('Waiting for the model')).toBeVisible();
  say('Good morning');
  finish();
  await expect(chat.replies()).toHaveText(/Good morning/);
  await expect(page.getByText('Waiting for the model')).toHaveCount(0);
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

testAtLength(
  'a stored reply without visible text is marked, and its message can be sent again',
  async ({ chat, page }) => {
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
    await expect(empty).toContainText('The reply is empty. Try again.');
    await expect(empty.getByRole('button', { name: 'Copy' })).toHaveCount(0);
    await empty.getByRole('button', { name: 'Retry' }).click();
    await expect(chat.replies()).toHaveCount(3);
    await expect(chat.replies().last()).toContainText('Hello from upstream');
  },
);

testAtLength(
  'a message whose tab closed before the response is not shown as unsent once it is answered',
  async ({ chat, page }) => {
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
    await expect(chat.failed()).toHaveCount(0);
  },
);

test('a reload during a reply resumes it', async ({ chat, page, server }) => {
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

test('switching to another session neither stops a reply nor shows it there', async ({
  chat,
  page,
  server,
}) => {
  const gate = Promise.withResolvers<void>();
  server.upstream.behave(async (response) => {
    openStream(response).write(token('first words'));
    await gate.promise;
    response.end(token(' and more') + FINISH + DONE);
  }, answer('Second reply'));
  await chat.open();
  await chat.send('Slow question');
  await expect(chat.replies()).toHaveText(/first words/);
  await chat.openNew();
  await chat.ask('Quick question');
  await expect(chat.replies()).toHaveText([/Second reply/]);
  await page.getByRole('link', { name: 'Slow question' }).click();
  await expect(chat.replies()).toHaveText([/first words/]);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  gate.resolve();
  await expect(chat.replies()).toHaveText([/first words and more/]);
});
