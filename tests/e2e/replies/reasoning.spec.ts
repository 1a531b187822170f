import { DONE, FINISH, openStream, thought, token } from '../../upstream/upstream';
import { expect, test } from '../fixtures';

test('a thought is one folded line, while it runs, after it, after a reload and in a second tab', async ({
  chat,
  page,
  context,
  server,
}) => {
  const answering = Promise.withResolvers<void>();
  const ending = Promise.withResolvers<void>();
  server.upstream.behave(async (response) => {
    openStream(response).write(thought('I weigh it up.'));
    await answering.promise;
    response.write(token('Forty-**two**'));
    await ending.promise;
    response.end(FINISH + DONE);
  });
  await chat.open();
  await chat.send('What is it?');
  const line = (where: typeof page) => where.locator('.reasoning summary');
  await expect(line(page)).toHaveText(/^Thinking…/);
  await expect(page.getByText('I weigh it up.')).toHaveCount(0);

  await line(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('I weigh it up.')).toBeVisible();

  await expect(page).toHaveURL(/\/s\//);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(line(second)).toHaveText(/^Thinking…/);

  // The code for Markdown has been loaded while the model thought.
  const raw = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const look = () => {
      const shown = document.querySelector<HTMLElement>('.reply')?.innerText ?? '';
      if (shown.includes('*')) seen.push(shown);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    return seen;
  });
  answering.resolve();
  await expect(line(page)).toHaveText(/^Thought for \d+ s$/);
  await expect(chat.replies()).toContainText('Forty-two');
  await expect(page.getByText('I weigh it up.')).toBeVisible();
  expect(await raw.jsonValue()).toEqual([]);
  ending.resolve();
  await expect(chat.replies()).toHaveAttribute('aria-busy', 'false');
  await expect(line(second)).toHaveText(/^Thought for \d+ s$/);

  await page.reload();
  await expect(line(page)).toHaveText(/^Thought for \d+ s$/);
  await expect(page.getByText('I weigh it up.')).toHaveCount(0);
  await line(page).click();
  await expect(page.getByText('I weigh it up.')).toBeVisible();
  await second.close();
});
