import { answer } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { row } from '../sessions/session-rows';

test('hostile Markdown stays text, loads nothing and does not break the page', async ({
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

test('code is highlighted and copied verbatim', async ({ chat, page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  server.upstream.behave(answer('```js\nconst a = 1;\n\nconst b = "two";\n```'));
  await page.clock.install();
  await chat.open();
  // The first reply of a tab, too, is never shown as it is written and then rendered again.
  const written = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const look = () => {
      const shown = document.querySelector<HTMLElement>('.reply')?.innerText ?? '';
      if (shown.includes('```')) seen.push(shown);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    return seen;
  });
  await chat.send('Code');
  const block = page.getByRole('region', { name: /Code/ });
  await expect(block.locator('.tok-keyword').first()).toHaveText('const');
  // It says so for a second, which stands still here.
  await page.clock.pauseAt(Date.now() + 5000);
  await page.locator('.reply').getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByText('Copied!').first()).toBeVisible();
  await page.clock.resume();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'const a = 1;\n\nconst b = "two";',
  );
  await expect(page.getByText('Copied!')).toHaveCount(0);
  expect(await written.jsonValue()).toEqual([]);
});

test('long code is folded, keeps its head in sight, and is shown and saved as its reader wants', async ({
  chat,
  page,
  server,
}) => {
  const lines = Array.from({ length: 60 }, (_, at) => `const line${String(at + 1)} = 1;`);
  server.upstream.behave(answer(`\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n\nThe end`));
  await chat.open();
  await chat.ask('Code');
  await page.reload();
  const block = page.locator('.md-code');
  const head = block.locator('.md-code-head');
  await block.getByRole('button', { name: 'Show all 60 lines' }).click();
  await expect(block.getByRole('region', { name: 'Code: TypeScript' })).toBeFocused();
  await block.locator('code > span').last().scrollIntoViewIfNeeded();
  await expect(head).toBeInViewport();
  const wraps = head.getByRole('button', { name: 'Wrap long lines' });
  await wraps.click();
  await expect(wraps).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await expect(wraps).toHaveAttribute('aria-pressed', 'true');
  await expect(block.locator('code')).toHaveCSS('white-space', 'pre-wrap');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    head.getByRole('button', { name: 'Download as code.ts' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('code.ts');
  await block.getByRole('button', { name: 'Show all 60 lines' }).click();
  await block.getByRole('button', { name: 'Show fewer lines' }).click();
  await expect(block).toHaveAttribute('data-folded');
});

const WRITTEN = [
  'For $x^2$ and \\(y\\):',
  '$$\n\\fcolorbox{red}{blue}{z}\n$$',
  '| `a|b` | one<br>two |\n|---|---|\n| 1 | 2 |',
  '> [!NOTE]\n> Mind **it**',
  '<details>\n<summary>More</summary>\n\nFolded\n\n</details>',
].join('\n\n');
/** Enough that the server might stream them late. */
const PARAGRAPHS = `${'Words. '.repeat(60)}\n\n`.repeat(24);

test('formulas, folds and callouts are rendered, also without JavaScript', async ({
  chat,
  page,
  context,
  browser,
  server,
}) => {
  server.upstream.behave(answer(`${WRITTEN}\n\n${PARAGRAPHS}\n\nThe end`));
  await chat.open();
  await chat.ask('Everything');
  await expect(chat.replies().locator('math')).toHaveCount(3);
  await expect(chat.replies().locator('.md-callout')).toContainText('Mind it');
  await expect(chat.replies().getByText('Folded')).toBeHidden();
  await page.getByText('More', { exact: true }).click();
  await expect(chat.replies().getByText('Folded')).toBeVisible();

  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  });
  const read = await plain.newPage();
  await read.goto(page.url());
  await expect(read.locator('.reply math')).toHaveCount(3);
  await expect(read.locator('.reply .md-callout')).toBeVisible();
  await expect(read.locator('.reply')).not.toContainText('$$');
  await plain.close();
});

test('a server-rendered page never shows raw Markdown during hydration', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behave(answer(`${WRITTEN}\n\nThe end`));
  await chat.open();
  await chat.ask('Everything');
  const scripts = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('.reply')).toContainText('The end');
  await expect(page.locator('.reply math')).toHaveCount(3);
  const raw = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const look = () => {
      const reply = document.querySelector<HTMLElement>('.reply');
      const shown = reply?.innerText ?? '';
      const formulas = reply?.querySelectorAll('math').length;
      if (shown.includes('$') || formulas !== 3) seen.push(shown);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    return seen;
  });
  scripts.resolve();
  // Text typed before hydration is kept, but Enter only works after it.
  await page.getByRole('textbox', { name: 'Message' }).fill('Again');
  await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await chat.ask('Again');
  await expect(page.locator('.reply math')).toHaveCount(6);
  expect(await raw.jsonValue()).toEqual([]);
});

testAtLength('a formula is copied as it is written', async ({ chat, page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  server.upstream.behave(answer('Einstein found $E=mc^2$ early.\n\nThe **end**'));
  await chat.open();
  await chat.ask('Physics');
  await expect(chat.replies().locator('math')).toBeVisible();
  await chat.replies().locator('.markdown').selectText();
  await page.keyboard.press('Control+c');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe('Einstein found $E=mc^2$ early.\n\nThe end');
});

const KEPT = 'Einstein: $E=mc^2$ and \\[\\sum_{i=1}^n i\\]\n\n```js\nconst a = 1;\n```';

testAtLength(
  'hydration and what follows keep the elements that the server rendered',
  async ({ chat, page, context, server }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    server.upstream.behave(answer(KEPT));
    await chat.open();
    await chat.ask('Physics');
    const sessionId = page.url().split('/').at(-1) ?? '';
    const hydration = Promise.withResolvers<void>();
    const later = Promise.withResolvers<void>();
    const first = new Set<string>();
    await page.route(/\/_next\/static\/.*\.js/, async (route) => {
      await (first.has(route.request().url()) || first.size === 0 ? hydration : later).promise;
      await route.continue();
    });
    await page.reload({ waitUntil: 'commit' });
    await expect(page.locator('.composer')).toBeVisible();
    await expect(page.locator('.reply math')).toHaveCount(2);
    const sources = page.locator('script[src]');
    for (const script of await sources.all())
      first.add(new URL((await script.getAttribute('src')) ?? '', page.url()).href);
    const drawn = await page.evaluateHandle(() => [
      ...document.querySelectorAll('.reply .markdown, .reply .markdown *'),
    ]);
    const replaced = () =>
      drawn.evaluate((nodes) =>
        nodes.filter((node) => !node.isConnected).map((node) => node.tagName),
      );
    hydration.resolve();
    await page.getByRole('textbox', { name: 'Message' }).fill('Again');
    await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
    // A change of the list while the code of replies is not loaded yet.
    await page.evaluate(
      (id) =>
        fetch(`/api/sessions/${id}`, {
          method: 'PATCH',
          headers: { 'Content-Type': 'application/json' },
          body: '{"title":"Renamed elsewhere"}',
        }),
      sessionId,
    );
    await expect(row(page, 'Renamed elsewhere')).toBeVisible();
    expect(await replaced()).toEqual([]);
    later.resolve();
    await chat.ask('Again');
    await expect(page.locator('.reply math')).toHaveCount(4);
    // The button of the code works once its reply is hydrated.
    await expect(async () => {
      await page.locator('.reply').getByRole('button', { name: 'Copy' }).first().click();
      await expect(page.getByText('Copied!').first()).toBeVisible({ timeout: 1000 });
    }).toPass();
    expect(await replaced()).toEqual([]);
  },
);

const FLOW = '```mermaid\nflowchart LR\n  A[One] --> B[Two]\n```';
const MISTAKE = '```mermaid\nflowchart LR\n  A[One --> B{\n```';
/** Short, and it takes a layout many seconds. */
const CROSSED = `\`\`\`mermaid\nflowchart TD\n${crossed('a')} --> ${crossed('b')}\n\`\`\``;
const RELATED = `\`\`\`mermaid\nstateDiagram-v2\n${'  one --> two\n'.repeat(200)}\`\`\``;

function crossed(side: string): string {
  return Array.from({ length: 20 }, (_, at) => `${side}${String(at)}`).join(' & ');
}

test('diagrams are drawn under the strict policy, and their source is a click away', async ({
  chat,
  page,
  server,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/diagrams/')) asked.push(request.url());
  });
  server.upstream.behave(
    answer('No diagram'),
    answer([CROSSED, RELATED, FLOW, MISTAKE, 'The end'].join('\n\n')),
  );
  await chat.open();
  await chat.ask('Words');
  expect(asked).toEqual([]);
  await chat.ask('Diagrams');
  const [first, second] = [page.locator('.md-diagram').nth(2), page.locator('.md-diagram').nth(3)];
  const picture = first.getByRole('img', { name: 'Diagram' });
  // Its code is large, and loaded now.
  await expect(picture).toBeVisible({ timeout: 60_000 });
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
    50,
  );
  const height = async () => (await first.boundingBox())?.height;
  const asPicture = await height();
  await first.getByRole('button', { name: 'Show the source' }).click();
  await expect(first.getByText('A[One] --> B[Two]')).toBeVisible();
  expect(await height()).toBe(asPicture);
  await expect(second.getByRole('status')).toContainText('mistake: Parse error on line 2');
  await expect(second.getByText('A[One --> B{')).toBeVisible();
  for (const at of [1, 0]) {
    const large = page.locator('.md-diagram').nth(at);
    await large.scrollIntoViewIfNeeded();
    await expect(large.getByRole('status')).toContainText('This diagram cannot be drawn here');
  }
});
