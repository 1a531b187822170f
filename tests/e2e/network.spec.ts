import { openStream, token, DONE, FINISH } from '../upstream/upstream';
import { expect, test } from './fixtures';

test.use({ expected: /net::ERR_|Failed to load resource/ });

/** More than ten pauses of a quarter of a minute, each in a moment. */
const PAUSES = 14;

test('a network that is away for long ends with the finished reply on the screen', async ({
  chat,
  page,
  server,
}) => {
  const gate = Promise.withResolvers<void>();
  server.upstream.behave(async (response) => {
    openStream(response).write(token('Once upon'));
    await gate.promise;
    response.end(token(' a time') + FINISH + DONE);
  });
  let attempts = 0;
  page.on('requestfailed', (request) => {
    if (request.url().includes('/api/chat/stream/')) attempts += 1;
  });
  await page.clock.install();
  await chat.open();
  await chat.send('Tell me a story');
  await expect(chat.replies()).toHaveText(/Once upon/);
  await page.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
  server.network.down();
  gate.resolve();
  await expect(page.getByText('The connection is lost. Trying again…')).toBeVisible();
  for (let pause = 0; pause < PAUSES; pause += 1) {
    const before = attempts;
    await page.clock.fastForward(15_000);
    await expect.poll(() => attempts).toBeGreaterThan(before);
  }
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  await expect(page.getByText('The connection is lost. Trying again…')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  server.network.up();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(chat.replies()).toHaveText([/Once upon a time/]);
  await expect(page.getByText('Reconnecting…')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
});
