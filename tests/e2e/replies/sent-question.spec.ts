import type { Page } from '@playwright/test';
import { answer, spokenBy, status, type Upstream } from '../../upstream/upstream';
import { chatOn, expect, test, testAtLength, type ChatPage } from '../fixtures';
import { above, paragraph, scrollerOf } from './scrolling';

test.use({ expected: /the server responded with a status of/ });

const LONG = Array.from({ length: 40 }, (_, n) => paragraph(n)).join('\n\n');

/** How far below the top of the scroller its last message of the user stands, in pixels. */
const questionTop = (page: Page) =>
  scrollerOf(page).evaluate((scroller) => {
    const top = [...scroller.querySelectorAll('.bubble')].at(-1)?.getBoundingClientRect().top;
    return Math.round((top ?? Number.NaN) - scroller.getBoundingClientRect().top);
  });
/** It stands at the top, and nothing of the reply before it is seen. */
const expectAtTop = (page: Page, why: string) => expect.poll(() => questionTop(page), why).toBe(16);

const shows = (chat: ChatPage, text: string) => expect(chat.replies().last()).toContainText(text);

/** By the button: on a phone, Enter begins a line. */
async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function watchQuestion(chat: ChatPage, upstream: Upstream): Promise<void> {
  const { page } = chat;
  const reply = spokenBy(upstream);
  const before = upstream.requests.length;
  await send(page, 'And a short one?');
  await expectAtTop(page, 'before the first words');
  await expect.poll(() => upstream.requests.length).toBe(before + 1);
  for (const words of ['First words', 'More words', 'Last words']) {
    reply.say(`${words}.\n\n`);
    await shows(chat, words);
    expect(await questionTop(page), words).toBe(16);
  }
  reply.finish();
  await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
  expect(await questionTop(page), 'when it ends').toBe(16);
}

test('the sent question stands at the top, and nothing moves until its reply is taller than the room', async ({
  chat,
  page,
  server,
}) => {
  const { upstream } = server;
  await chat.open();
  await chat.send('At the very beginning');
  await expectAtTop(page, 'the first of a chat');
  await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
  upstream.behave(answer(LONG));
  await chat.ask('A long one');
  expect(await above(page), 'the end of a long reply is followed').toBeLessThan(1);
  expect(await questionTop(page)).toBeLessThan(0);
  await watchQuestion(chat, upstream);

  // Who reads above is left alone, and brought to the next question.
  await scrollerOf(page).press('PageUp');
  await expect.poll(() => above(page)).toBeGreaterThan(100);
  await watchQuestion(chat, upstream);
  await page.setViewportSize({ width: 900, height: 500 });
  await expectAtTop(page, 'in a smaller window');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('textbox', { name: 'Message' }).fill('one\ntwo\nthree\nfour');
  await expectAtTop(page, 'over a field of four lines');

  spokenBy(upstream).say('');
  await chat.send('Stopped');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  await expectAtTop(page, 'when it is stopped');
  upstream.behave(status(401));
  await chat.send('Refused');
  await expect(chat.failed()).toContainText('Refused');
  await expectAtTop(page, 'when it fails');
  upstream.behave(answer('Better now'));
  await chat.failed().getByRole('button', { name: 'Retry' }).click();
  await shows(chat, 'Better now');
  await expectAtTop(page, 'when it is sent again');

  const question = page.locator('.user-message').last();
  await question.getByRole('button', { name: 'Edit message' }).click();
  await page.getByRole('textbox', { name: 'Edited message' }).fill('Worded otherwise');
  await page.getByRole('textbox', { name: 'Edited message' }).press('Enter');
  await expectAtTop(page, 'when it is edited');
  for (const [shown, direction] of [
    ['Version 2 of 2', 'Previous version'],
    ['Version 1 of 2', 'Next version'],
  ] as const) {
    const version = page.getByRole('group', { name: shown });
    await version.getByRole('button', { name: direction }).click();
    await expect(version).toHaveCount(0);
    await expectAtTop(page, direction);
  }
  await page.getByRole('group', { name: 'Version 2 of 2' }).getByRole('button').first().click();
  await expect(page.getByRole('group', { name: 'Version 1 of 2' })).toBeVisible();

  // A session that is opened starts at its end.
  await page.reload();
  await shows(chat, 'Better now');
  expect(await above(page)).toBeLessThan(1);
  expect(await questionTop(page)).toBeGreaterThan(200);
});

testAtLength(
  'on a phone it stays there while the keyboard comes and goes',
  async ({ phone: page, server: { upstream } }) => {
    const chat = chatOn(page);
    upstream.behave(answer(LONG));
    await chat.open();
    await send(page, 'A long one');
    await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
    await page.setViewportSize({ width: 390, height: 480 });
    await watchQuestion(chat, upstream);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAtTop(page, 'without the keyboard');

    upstream.behave(answer(LONG));
    await chat.open('/temporary');
    await send(page, 'A long one');
    await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
    await watchQuestion(chat, upstream);
  },
);
