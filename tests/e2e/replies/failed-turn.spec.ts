import type { Page } from '@playwright/test';
import {
  answer,
  cutAfter,
  DONE,
  finish,
  openStream,
  status,
  token,
  type Upstream,
} from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { row } from '../sessions/session-rows';

test.use({ expected: /the server responded with a status of/ });

test('a failed turn shows its message and a reference, and Retry sends it again', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(status(401));
  await chat.open();
  await chat.send('Important words');
  const failed = chat.failed();
  await expect(failed).toContainText('Important words');
  await failed.getByRole('button', { name: 'Details' }).click();
  await expect(failed).toContainText(/Ref: [\da-f-]{36}/);
  await page.reload();
  await expect(failed).toContainText('Important words');
  server.upstream.behave(answer('Better now'));
  await failed.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.replies()).toHaveText([/Better now/]);
  await expect(failed).toHaveCount(0);
});

test('a failed turn keeps its message after a reload, and Edit moves it to the composer', async ({
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
  const failed = chat.failed();
  await expect(failed).toContainText('Words worth keeping');
  await failed.getByRole('button', { name: 'Edit' }).click();
  const field = page.getByRole('textbox', { name: 'Message' });
  await expect(failed).toHaveCount(0);
  await expect(page).toHaveURL('/');
  await expect(field).toHaveValue('Words worth keeping');
  server.upstream.behave(answer('Better now'));
  await field.press('Enter');
  await expect(chat.replies()).toHaveText([/Better now/]);
  await expect(row(page, 'Words worth keeping')).toHaveCount(1);
});

test('a failed turn can be dismissed permanently', async ({ chat, page, server }) => {
  await chat.open();
  await chat.ask('Kept');
  server.upstream.behave(status(401));
  await chat.send('Never mind');
  const failed = chat.failed();
  await failed.getByRole('button', { name: 'Dismiss' }).click();
  await expect(failed).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await page.reload();
  await expect(chat.replies()).toHaveCount(1);
  await expect(failed).toHaveCount(0);
});

for (const [how, refuse] of [
  ['failed', (_, server) => Promise.resolve(server.upstream.behave(status(401)))],
  [
    'was refused',
    (page) =>
      page.route('**/api/chat/stream', (route) =>
        route.fulfill({ status: 429, json: { error: 'Too Many Requests', code: 429 } }),
      ),
  ],
] satisfies [string, (page: Page, server: { upstream: Upstream }) => Promise<unknown>][])
  (how === 'failed' ? test : testAtLength)(
    `a session whose only message ${how} is deleted when the message is dismissed`,
    async ({ chat, page, server }) => {
      await chat.open();
      await refuse(page, server);
      await chat.send('Never mind');
      await expect(row(page, 'Never mind')).toBeVisible();
      await chat.failed().getByRole('button', { name: 'Dismiss' }).click();
      await expect(page).toHaveURL('/');
      await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
      const rows = page.getByRole('navigation', { name: 'Your chats' }).getByRole('listitem');
      await expect(rows).toHaveCount(0);
      await page.reload();
      await expect(page.getByRole('textbox', { name: 'Message' })).toBeEditable();
      await expect(rows).toHaveCount(0);
    },
  );

testAtLength(
  'a session whose first message failed has its title from it, also after a reload',
  async ({ chat, page, server }) => {
    server.upstream.behave(status(500));
    await chat.open();
    await chat.send('Named by its words');
    const failed = chat.failed();
    const said = await failed.getByRole('alert').innerText();
    await expect(row(page, 'Named by its words')).toBeVisible();
    await page.reload();
    await expect(failed.getByRole('alert')).toHaveText(said);
    await expect(row(page, 'Named by its words')).toBeVisible();
  },
);

testAtLength(
  'a rate limit error shows the same after a reload, with the remaining time',
  async ({ chat, page }) => {
    await chat.open();
    await chat.ask('First');
    await page.route('**/api/chat/stream', (route) =>
      route.fulfill({
        status: 429,
        json: {
          error: 'Too Many Requests',
          code: 429,
          kind: 'rate-limited',
          reason: 'CHAT_RATE_LIMIT',
          request_id: 'r1',
        },
        headers: { 'X-Request-ID': 'r1', 'Retry-After': '60' },
      }),
    );
    await chat.send('Too soon');
    const failed = chat.failed();
    const waiting = failed.getByRole('button', { name: /Try again in/ });
    await expect(waiting).toBeVisible();
    const said = await failed.getByRole('alert').innerText();
    await page.reload();
    await expect(failed.getByRole('alert')).toHaveText(said);
    await expect(waiting).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByText(/^Try again in/).last()).toBeVisible();
  },
);

test('failures do not accumulate, and disappear when a message gets its reply', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(status(401));
  await chat.open();
  const failed = chat.failed();
  for (const words of ['One', 'Two', 'Three']) {
    await chat.send(words);
    await expect(failed.last()).toContainText(words);
    await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  }
  const older = page.getByText('2 earlier messages without a reply');
  await expect(older).toBeVisible();
  await expect(failed).toHaveCount(1);
  await page.reload();
  await expect(older).toBeVisible();
  await older.click();
  await expect(failed).toHaveCount(3);
  server.upstream.behave(answer('Better now'));
  await chat.send('Four');
  await expect(chat.replies()).toHaveText([/Better now/]);
  await expect(failed).toHaveCount(0);
  await page.reload();
  await expect(chat.replies()).toHaveText([/Better now/]);
  await expect(page.getByText('without a reply')).toHaveCount(0);
});

test('a reply that reached the model’s limit is marked, also after a reload', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave((response) => {
    openStream(response).end(token('As far as I') + finish('length') + DONE);
  });
  await chat.open();
  await chat.ask('Go on');
  const note = chat.replies().locator('.note p');
  await expect(note).toContainText('The model ended its reply at its length limit.');
  const said = await note.innerText();
  await page.reload();
  await expect(note).toHaveText(said);
});

test('a reply that breaks off keeps its text and is marked', async ({ chat, page, server }) => {
  server.upstream.behave(cutAfter('Once', ' upon'));
  await chat.open();
  await chat.send('Tell me');
  await expect(chat.replies()).toHaveText(/Once upon/);
  await expect(page.getByRole('log')).toContainText(/cut off|interrupted/i);
});
