import { cited, DONE, FINISH, openStream, thought, token } from '../../upstream/upstream';
import { expect, test } from '../fixtures';

test('what a reply cites is one quiet line that unfolds into safe links, also after a reload and in a second tab', async ({
  chat,
  page,
  context,
  server,
}) => {
  const ending = Promise.withResolvers<void>();
  server.upstream.behave(async (response) => {
    openStream(response).write(thought('I look it up.') + token('The sky is blue[1]'));
    response.write(cited('https://www.sky.example/why?q=1', 'javascript:alert(1)'));
    await ending.promise;
    response.end(token(', often.') + cited('http://b.example/') + FINISH + DONE);
  });
  await chat.open();
  await chat.send('Why?');
  const line = (where: typeof page) => where.locator('.sources summary');
  await expect(line(page)).toHaveText('1 source · sky.example');
  await expect(page).toHaveURL(/\/s\//);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(line(second)).toHaveText('1 source · sky.example');
  await line(page).focus();
  await page.keyboard.press('Enter');
  ending.resolve();
  const links = (where: typeof page) => where.locator('.sources').getByRole('link');
  await expect(links(page)).toHaveCount(2);
  await expect(links(page).first()).toBeVisible();
  await expect(links(page).first()).toHaveAttribute('href', 'https://www.sky.example/why?q=1');
  await expect(links(page).first()).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(chat.replies()).toContainText('blue[1], often.');
  await expect(line(second)).toHaveText('2 sources · sky.example · b.example');

  await page.reload();
  await expect(line(page)).toHaveText('2 sources · sky.example · b.example');
  await expect(links(page).first()).toBeHidden();
  // Nothing unfolds on paper.
  await page.emulateMedia({ media: 'print' });
  await expect(links(page).first()).toBeVisible();
  await expect(page.locator('.reasoning summary')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await expect(links(page).first()).toBeHidden();
  await line(page).click();
  await expect(links(page).last()).toHaveAttribute('href', 'http://b.example/');
  await second.close();
});
