import { DONE, FINISH, answer, openStream, token } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { above, flow, paragraph, placeWhileItGrows, scrollerOf, settled, swipe } from './scrolling';

test.use({ reducedMotion: 'no-preference' });

test.describe('while a reply is written', () => {
  test('a finger reads up, stays there, and goes to the end when it wants to', async ({
    phone: page,
    server,
  }) => {
    const devtools = await page.context().newCDPSession(page);
    const reply = flow();
    server.upstream.behave(reply.behaviour);
    await page.goto('/');
    await page.getByRole('textbox', { name: 'Message' }).fill('Go on');
    await page.getByRole('button', { name: 'Send' }).tap();
    const paragraphs = page.locator('.reply p');
    await expect.poll(() => paragraphs.count()).toBeGreaterThan(30);
    for (const pixels of [60, 150, 400]) {
      await expect.poll(() => above(page), 'the end is followed').toBeLessThan(1);
      await swipe(devtools, pixels);
      const scrolled = `after ${String(pixels)} pixels`;
      await expect.poll(() => above(page), scrolled).toBeGreaterThan(pixels / 3);
      await scrollerOf(page).evaluate(settled);
      const { before, after } = await placeWhileItGrows(page);
      expect(Math.abs(after - before), scrolled).toBeLessThan(3);
      await page.getByRole('button', { name: 'Jump to latest' }).tap();
      const count = await paragraphs.count();
      await expect.poll(() => paragraphs.count()).toBeGreaterThan(count + 5);
    }
    reply.end();
    await expect(page.locator('.reply')).toHaveAttribute('aria-busy', 'false');
    await expect.poll(() => above(page)).toBeLessThan(1);
  });

  test('trackpad, wheel and keyboard scroll up and stay there', async ({ chat, page, server }) => {
    const reply = flow();
    server.upstream.behave(reply.behaviour);
    await chat.open();
    await chat.send('Go on');
    await expect.poll(() => page.locator('.reply p').count()).toBeGreaterThan(30);
    const scroller = scrollerOf(page);
    await scroller.hover();
    const ways: Record<string, () => Promise<void>> = {
      trackpad: async () => {
        for (let n = 0; n < 15; n += 1) await page.mouse.wheel(0, -4);
      },
      wheel: () => page.mouse.wheel(0, -100),
      ArrowUp: () => scroller.press('ArrowUp'),
      PageUp: () => scroller.press('PageUp'),
      Home: () => scroller.press('Home'),
    };
    for (const [name, scroll] of Object.entries(ways)) {
      await expect.poll(() => above(page), 'the end is followed').toBeLessThan(1);
      await scroll();
      await expect.poll(() => above(page), name).toBeGreaterThan(30);
      const jump = page.getByRole('button', { name: 'Jump to latest' });
      await expect(jump, name).toBeVisible();
      // Keyboard scrolling takes some frames.
      await scroller.evaluate(settled);
      const { before, after } = await placeWhileItGrows(page);
      expect(Math.abs(after - before), name).toBeLessThan(3);
      await jump.click();
    }
    reply.end();
  });
});

test.describe('in browsers without scroll anchoring', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      const supports = CSS.supports.bind(CSS);
      CSS.supports = (name: string, value?: string) =>
        name !== 'overflow-anchor' &&
        (value === undefined ? supports(name) : supports(name, value));
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { overflow-anchor: none !important; }');
      document.adoptedStyleSheets.push(sheet);
    });
  });

  testAtLength('the position also stays', async ({ chat, page, server }) => {
    const reply = flow();
    server.upstream.behave(reply.behaviour);
    await chat.open();
    await chat.send('Go on');
    await expect.poll(() => page.locator('.reply p').count()).toBeGreaterThan(30);
    await expect.poll(() => above(page)).toBeLessThan(1);
    await scrollerOf(page).hover();
    await page.mouse.wheel(0, -200);
    await expect.poll(() => above(page)).toBeGreaterThan(150);
    await scrollerOf(page).evaluate(settled);
    const { before, after } = await placeWhileItGrows(page);
    expect(Math.abs(after - before)).toBeLessThan(3);
    reply.end();
  });

  testAtLength(
    'code that is unfolded and folded stays under the pointer',
    async ({ chat, page, server }) => {
      const code = `\`\`\`ts\n${'line();\n'.repeat(60)}\`\`\``;
      server.upstream.behave(answer(`${code}\n\n${paragraph(1).repeat(40)}`));
      await chat.open();
      await chat.ask('Code');
      await page.reload();
      const block = page.locator('.md-code');
      const topOf = () => block.evaluate((element) => element.getBoundingClientRect().top);
      await block.getByRole('button', { name: 'Show all 60 lines' }).scrollIntoViewIfNeeded();
      await scrollerOf(page).evaluate(settled);
      for (const name of ['Show all 60 lines', 'Show fewer lines']) {
        const before = await topOf();
        // By a script: a click of the test's browser would scroll to the button.
        await block.getByRole('button', { name }).evaluate((button: HTMLElement) => {
          button.click();
        });
        await scrollerOf(page).evaluate(settled);
        expect(Math.abs((await topOf()) - before), name).toBeLessThan(2);
      }
    },
  );
});

test('the end of a reply moves nothing', async ({ chat, page, server }) => {
  const gate = Promise.withResolvers<void>();
  await chat.open();
  await chat.ask('First');
  server.upstream.behave(async (response) => {
    openStream(response).write(token('One paragraph.'));
    await gate.promise;
    response.end(FINISH + DONE);
  });
  await chat.send('Second');
  const last = page.locator('.reply p').filter({ hasText: 'One paragraph.' }).last();
  await expect(last).toBeVisible();
  const bottom = () => last.evaluate((p) => p.getBoundingClientRect().bottom);
  await scrollerOf(page).evaluate(settled);
  const before = await bottom();
  gate.resolve();
  await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
  await expect(chat.replies().last().getByRole('button', { name: 'Copy' })).toBeVisible();
  expect(Math.abs((await bottom()) - before)).toBeLessThan(1);
});
