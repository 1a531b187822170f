import {
  DONE,
  FINISH,
  answer,
  cutAfter,
  hang,
  openStream,
  stallAfter,
  status,
  token,
} from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';

test.use({ expected: /the server responded with a status of/ });

/** Records every text that the reply shows from now on, without duplicates. */
const SHOWN = `() => {
  const shown = [];
  const note = () => {
    const replies = [...document.querySelectorAll('.reply')];
    const text = replies.map((one) => one.querySelector('.markdown')?.textContent).join(' | ');
    if (shown.at(-1) !== text) shown.push(text);
  };
  note();
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  window.shownReplies = shown;
}`;

for (const streaming of [true, false]) {
  const way = streaming ? 'streamed' : 'plain';
  const testWay = streaming ? test : testAtLength;

  testWay(
    `a cut reply is continued in place and generated once, ${way}`,
    async ({ chat, page, server }) => {
      const gate = Promise.withResolvers<void>();
      server.upstream.behave(cutAfter('Once', ' upon'), async (response) => {
        openStream(response).write(token(' a'));
        await gate.promise;
        response.end(token(' time') + FINISH + DONE);
      });
      await chat.open();
      if (!streaming) await chat.stopStreaming();
      await chat.ask('Tell me');
      await expect(chat.replies()).toContainText('Once upon');
      await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
      await page.evaluate(`(${SHOWN})()`);
      await page.getByRole('button', { name: 'Continue' }).dblclick();
      await expect(chat.replies()).toHaveAttribute('aria-busy', 'true');
      await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
      gate.resolve();
      await expect(chat.replies().locator('p').first()).toHaveText('Once upon a time');
      await expect(chat.replies()).toHaveAttribute('aria-busy', 'false');
      const shown = await page.evaluate<string[]>('window.shownReplies');
      expect(shown.filter((text) => !/^Once upon( a( time)?)?$/.test(text))).toEqual([]);
      await expect(page.getByRole('button', { name: 'Continue' })).toHaveCount(0);
      await page.reload();
      await expect(chat.replies()).toHaveCount(1);
      await expect(chat.replies().locator('p')).toHaveText(['Once upon a time']);
      expect(server.upstream.requests).toHaveLength(2);
    },
  );

  testWay(
    `a failed continuation keeps the reply and shows the reason, ${way}`,
    async ({ chat, page, server }) => {
      server.upstream.behave(cutAfter('Once', ' upon'), status(401), answer(' a time'));
      await chat.open();
      if (!streaming) await chat.stopStreaming();
      await chat.ask('Tell me');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(chat.replies()).toContainText('did not accept the API key');
      await chat.replies().getByRole('button', { name: 'Details' }).click();
      await expect(chat.replies()).toContainText(/Ref: [\da-f-]{36}/);
      await expect(chat.replies().locator('p').first()).toHaveText('Once upon');
      await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(chat.replies().locator('p')).toHaveText(['Once upon a time']);
    },
  );

  testWay(
    `a message without a reply shows the reason, a reference and its text, ${way}`,
    async ({ chat, page, server }) => {
      server.upstream.behave(status(401), answer('Better now'));
      await chat.open();
      if (!streaming) await chat.stopStreaming();
      await chat.send('Important words');
      const failed = chat.failed();
      await expect(failed).toContainText('Important words');
      await expect(failed).toContainText('did not accept the API key');
      await failed.getByRole('button', { name: 'Details' }).click();
      await expect(failed).toContainText(/Ref: [\da-f-]{36}/);
      await expect(chat.replies()).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
      await failed.getByRole('button', { name: 'Retry' }).click();
      await expect(chat.replies()).toHaveText([/Better now/]);
    },
  );
}

test('a stopped reply is continued, and another tab shows it running from its text on', async ({
  chat,
  page,
  context,
  server,
}) => {
  const gate = Promise.withResolvers<void>();
  server.upstream.behave(stallAfter('Once', ' upon'), async (response) => {
    openStream(response);
    await gate.promise;
    response.end(token(' a time') + FINISH + DONE);
  });
  await chat.open();
  await chat.send('Tell me');
  await expect(chat.replies()).toContainText('Once upon');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  const reply = other.locator('.reply');
  await expect(reply).toHaveText(/Once upon/);
  await expect(reply).toHaveAttribute('aria-busy', 'true');
  gate.resolve();
  await expect(reply.locator('p')).toHaveText(['Once upon a time']);
  await expect(chat.replies().locator('p')).toHaveText(['Once upon a time']);
  await expect(other.getByRole('button', { name: 'Send' })).toBeVisible();
});

test('Retry asks for another reply, and the one that was cut off stays', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(cutAfter('Once', ' upon'), answer('A whole story'));
  await chat.open();
  await chat.ask('Tell me');
  // The page has the message.
  await expect(page.getByRole('button', { name: 'Edit message' })).toBeAttached();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.replies()).toHaveText([/A whole story/]);
  await expect(page.getByRole('log').getByText('Tell me', { exact: true })).toHaveCount(1);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.replies()).toHaveText([/Once upon/]);
});

test('a message that was stopped before its reply can be sent again after a reload', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(hang, answer('Here it is'));
  await chat.open();
  await chat.send('Still there?');
  await expect(page).toHaveURL(/\/s\//);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('log')).toContainText('stopped or cut off before it began');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.replies().last()).toHaveText(/Here it is/);
  await expect(page.getByText('stopped or cut off before it began')).toHaveCount(0);
});
