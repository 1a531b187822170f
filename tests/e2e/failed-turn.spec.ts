import { answer, cutAfter, status } from '../upstream/upstream';
import { expect, test } from './fixtures';

test.use({ expected: /the server responded with a status of/ });

test('the words of a failed turn and a reference are shown, and Retry sends them again', async ({
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

test('after a reload, too, the words of a failed turn are there, and Edit takes them back', async ({
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

test('a failed turn can be dismissed for good', async ({ chat, page, server }) => {
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
