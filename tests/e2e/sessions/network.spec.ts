import { openStream, spokenBy, stallAfter, token, DONE, FINISH } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';

test.use({ expected: /net::ERR_|Failed to load resource/ });

test('a cut stream resumes without gap or duplicate, and is generated once', async ({
  chat,
  server,
}) => {
  const words = Array.from({ length: 20 }, (_, n) => `word${String(n)}`);
  const { say, finish } = spokenBy(server.upstream);
  await chat.open();
  await chat.send('Count');
  await expect.poll(() => server.upstream.requests.length).toBe(1);
  say(words.slice(0, 4).join(' '));
  await expect(chat.replies()).toContainText('word3');
  server.network.cut();
  for (const word of words.slice(4)) say(` ${word}`);
  await expect(chat.replies()).toContainText('word19');
  finish();
  await expect(chat.replies()).toHaveAttribute('aria-busy', 'false');
  await expect(chat.replies().locator('p').first()).toHaveText(words.join(' '));
  expect(server.upstream.requests).toHaveLength(1);
});

test('a message sent offline is kept, and sent when the network is back', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  await chat.ask('First');
  server.network.down();
  await chat.send('Into the void');
  await expect(page.getByText('Into the void')).toBeVisible();
  await expect(page.getByText('Connection lost. Reconnecting…')).toBeVisible();
  server.network.up();
  await expect(chat.replies().last()).toHaveText(/Hello from upstream/);
  await expect(chat.replies()).toHaveCount(2);
});

/** More than ten reconnect pauses of 15 s, with a fake clock. */
const PAUSES = 14;

test('after a long network outage the page shows the complete reply', async ({
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
  await expect(page.getByText('Connection lost. Reconnecting…')).toBeVisible();
  for (let pause = 0; pause < PAUSES; pause += 1) {
    const before = attempts;
    await page.clock.fastForward(15_000);
    await expect.poll(() => attempts).toBeGreaterThan(before);
  }
  await expect(page.getByText('Reconnecting…', { exact: true })).toBeVisible();
  await expect(page.getByText('Connection lost. Reconnecting…')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  server.network.up();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(chat.replies()).toHaveText([/Once upon a time/]);
  await expect(page.getByText('Reconnecting…', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
});

test('a message whose response was lost streams its reply, and is generated once', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  await chat.ask('First');
  server.upstream.requests.length = 0;
  const { say, finish } = spokenBy(server.upstream);
  await page.route('**/api/chat/stream', async (route) => {
    const request = route.request();
    // The server receives it, but the page gets a broken connection.
    void page.request.post(request.url(), {
      data: request.postDataJSON() as object,
      headers: { ...request.headers(), origin: server.network.url },
    });
    await expect.poll(() => server.upstream.requests.length).toBe(1);
    await route.abort();
  });
  await chat.send('Tell me a story');
  await expect.poll(() => server.upstream.requests.length).toBe(1);
  say('Once upon');
  await expect(chat.replies().last()).toContainText('Once upon');
  await expect(page.getByText('Connection lost. Reconnecting…')).toHaveCount(0);
  say(' a time');
  finish();
  await expect(chat.replies().last()).toContainText('Once upon a time');
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  expect(server.upstream.requests).toHaveLength(1);
});

test('a silently dead connection times out, and the reply arrives by another', async ({
  chat,
  page,
  server,
}) => {
  await page.clock.install();
  await chat.open();
  await chat.ask('First');
  server.upstream.requests.length = 0;
  const swallowed = Promise.withResolvers<void>();
  await page.route('**/api/chat/stream', () => {
    swallowed.resolve();
  });
  await chat.send('Is anybody there?');
  await swallowed.promise;
  await page.clock.fastForward(20_000);
  await expect(chat.replies()).toHaveText([/Hello from upstream/, /Hello from upstream/]);
  expect(server.upstream.requests).toHaveLength(1);
});

testAtLength(
  'a Stop that did not reach the server shows an error, and can be pressed again',
  async ({ chat, page, server }) => {
    server.upstream.behave(stallAfter('Once', ' upon'));
    await chat.open();
    await chat.send('Tell me a story');
    await expect(chat.replies()).toContainText('Once upon');
    const address = '**/api/chat/stream/*';
    await page.route(address, (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.fallback(),
    );
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByText('Could not stop the reply. Try again.')).toBeVisible();
    await page.unroute(address);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByRole('log')).toContainText('Stopped');
    await expect(chat.replies()).toContainText('Once upon');
  },
);

test('a link clicked offline opens when the network is back, and the page stays until then', async ({
  chat,
  page,
  context,
  server,
}) => {
  await chat.open();
  await chat.ask('The first session');
  await chat.openNew();
  await chat.ask('The second session');
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('Half a thought');
  const reading = page.getByRole('log').getByText('The second session');
  await page.evaluate(() => Reflect.set(window, 'samePage', true));
  const whileAway = async (away: () => unknown, back: () => unknown) => {
    await away();
    const failed = page.waitForEvent('requestfailed', (request) => 'rsc' in request.headers());
    await page.getByRole('link', { name: 'The first session' }).click();
    await failed;
    await expect(reading).toBeVisible();
    await expect(field).toHaveValue('Half a thought');
    await back();
    await expect(page.getByRole('log').getByText('The first session')).toBeVisible();
    await page.getByRole('link', { name: 'The second session' }).click();
    await expect(reading).toBeVisible();
  };
  await whileAway(
    () => context.setOffline(true),
    () => context.setOffline(false),
  );
  await whileAway(server.network.down, server.network.up);
  expect(await page.evaluate(() => Reflect.get(window, 'samePage'))).toBe(true);
});

testAtLength(
  'a session opened while the server is unreachable shows an error, and opens when it is back',
  async ({ chat, page, server }) => {
    await chat.open();
    await chat.ask('The first');
    await chat.openNew();
    await chat.ask('The second');
    server.network.down();
    await page.getByRole('link', { name: 'The first' }).click();
    const said = page.getByText('The server is not responding. The page will open when it does.');
    await expect(said).toBeVisible();
    server.network.up();
    await expect(page.getByRole('heading', { name: 'The first' })).toBeVisible({ timeout: 60_000 });
    await expect(said).toHaveCount(0);
  },
);
