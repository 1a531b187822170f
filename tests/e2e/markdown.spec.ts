import { answer } from '../upstream/upstream';
import { expect, test } from './fixtures';

test('hostile Markdown is text, loads nothing and leaves the page alive', async ({
  chat,
  page,
  server,
}) => {
  const hostile = [
    '<script>window.hacked = true</script><img src=x onerror="window.hacked = true">',
    '[click](javascript:window.hacked=true)',
    '![pixel](https://tracker.example/pixel.png)',
    '> '.repeat(3000),
    '* '.repeat(1500),
    '***a'.repeat(1000),
  ].join('\n\n');
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.network.url)) outside.push(request.url());
  });
  server.upstream.behave(answer(`${hostile}\n\nThe end`));
  await chat.open();
  await chat.send('Be evil');
  await expect(chat.replies()).toContainText('The end');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expect(chat.replies().locator('img, script')).toHaveCount(0);
  await expect(chat.replies().locator('a[href^="javascript"]')).toHaveCount(0);
  await page.reload();
  await expect(chat.replies()).toContainText('The end');
  expect(outside).toEqual([]);
});

test('code is highlighted and copied as it is', async ({ chat, page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  server.upstream.behave(answer('```js\nconst a = 1;\n\nconst b = "two";\n```'));
  await chat.open();
  await chat.send('Code');
  const block = page.getByRole('region', { name: /Code/ });
  await expect(block.locator('.tok-keyword').first()).toHaveText('const');
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByText('Copied!').first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'const a = 1;\n\nconst b = "two";',
  );
  await expect(page.getByText('Copied!')).toHaveCount(0);
});
