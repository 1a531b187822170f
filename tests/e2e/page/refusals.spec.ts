import type { Route } from '@playwright/test';
import type { PublicFailure } from '@/lib/public-failure';
import { personSentence } from '@/lib/texts/person-sentence';
import { expect, test, testAtLength } from '../fixtures';
import { allFailures } from '@/lib/texts/en/failures/all-failures';
import { texts } from '@/lib/texts/en/texts';

test.use({ expected: /the server responded with a status of/ });

/** What the server tells, and the sentence that comes with it. */
const QUOTA = { kind: 'over-quota', reason: 'OWNER_MAX_SESSIONS', limit: 10_000 };
const QUOTA_MET = 'You have reached the limit of 10,000 chats.';
const BUDGET = { kind: 'over-budget', reason: 'CHAT_DAILY_LIMIT' };
const BUDGET_MET = 'The server has used up its limit for today.';
/** Of a kind that the page does not know: the server's own words. */
const unknown = (error: string) => ({ kind: 'unknown', error });

const refuse = (status: number, told: PublicFailure, headers: Record<string, string> = {}) =>
  async function answer(route: Route) {
    if (route.request().method() === 'GET' && !route.request().url().endsWith('/changes')) {
      await route.fallback();
      return;
    }
    const json = {
      error: personSentence({ texts, allFailures }, told),
      ...told,
      code: status,
      request_id: 'r1',
    };
    await route.fulfill({ status, json, headers: { 'X-Request-ID': 'r1', ...headers } });
  };

test('a full quota shows an error, and the text stays in the composer', async ({ chat, page }) => {
  await chat.open();
  await page.route('**/api/sessions', refuse(403, QUOTA));
  await chat.send('One more');
  await expect(page.getByRole('alert').filter({ hasText: QUOTA_MET })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('One more');
  await page.unroute('**/api/sessions');
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(chat.replies()).toHaveText([/Hello from upstream/]);
});

test('over a rate limit the text is kept, and Retry is offered after the stated time, not before', async ({
  chat,
  page,
}) => {
  await page.clock.install();
  await chat.open();
  await chat.ask('First');
  let sent = 0;
  await page.route('**/api/chat/stream', async (route) => {
    sent += 1;
    await refuse(429, BUDGET, { 'Retry-After': '60' })(route);
  });
  await chat.send('Second');
  const failed = chat.failed();
  await expect(failed).toContainText('Second');
  await expect(failed.getByRole('alert')).toContainText(BUDGET_MET);
  const waiting = failed.getByRole('button', { name: /Try again in/ });
  await expect(waiting).toHaveAttribute('aria-disabled', 'true');
  expect(sent).toBe(1);
  await page.unroute('**/api/chat/stream');
  await page.clock.fastForward(60_000);
  await failed.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.replies()).toHaveCount(2);
  await expect(chat.replies().last()).toHaveText(/Hello from upstream/);
});

testAtLength(
  'an unknown host shows an error, and no retry that would be refused again',
  async ({ chat, page }) => {
    await chat.open();
    await chat.ask('First');
    const said =
      'This server is not called evil.example. Its operator can add it to ALLOWED_HOSTS.';
    await page.route('**/api/chat/stream', refuse(421, unknown(said)));
    await chat.send('Second');
    const failed = chat.failed();
    await expect(failed.getByRole('alert')).toContainText(said);
    await expect(failed.getByRole('button', { name: 'Retry' })).toHaveCount(0);
    await failed.getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Second');
  },
);

testAtLength(
  'a new visitor gets no change feed, does not retry it, and subscribes with the first message',
  async ({ chat, page }) => {
    let requestCount = 0;
    await page.route('**/api/sessions/changes', async (route) => {
      requestCount += 1;
      await refuse(401, { kind: 'unauthenticated', reason: 'stranger' })(route);
    });
    await page.clock.install();
    await chat.open();
    await expect.poll(() => requestCount).toBe(1);
    // Longer than any reconnect pause. What it would have sent has arrived before the page's next request.
    await page.clock.runFor(30_000);
    await page.evaluate(() => fetch('/health'));
    expect(requestCount).toBe(1);
    await expect(page.getByText('Reconnecting…')).toHaveCount(0);
    await page.unroute('**/api/sessions/changes');
    const feed = page.waitForRequest('**/api/sessions/changes');
    await chat.ask('First');
    await feed;
  },
);
