import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { answer, DONE, FINISH, openStream, token, type Behaviour } from '../upstream/upstream';
import { expect, test } from './fixtures';

const paragraph = (n: number) =>
  `Paragraph ${String(n)} of a **reply** that goes on for longer than the window is high.`;

/** A reply that grows by a paragraph each 30 ms until it is ended, faster than any model writes. */
function flow(): { readonly behaviour: Behaviour; end(): void } {
  const ending = new AbortController();
  return {
    end() {
      ending.abort();
    },
    async behaviour(response) {
      openStream(response);
      for (let n = 0; !ending.signal.aborted && !response.destroyed; n += 1) {
        response.write(token(`${paragraph(n)}\n\n`));
        await wait(30);
      }
      response.end(FINISH + DONE);
    },
  };
}

const scrollerOf = (page: Page) => page.getByRole('region', { name: 'Messages' });
/** How far above the end the reader is, in pixels. */
const above = (page: Page) => scrollerOf(page).evaluate(({ scrollTop }) => -scrollTop);

/** Where a paragraph in sight stands, once the reply has grown by ten more. */
async function placeWhileItGrows(page: Page): Promise<{ before: number; after: number }> {
  const paragraphs = page.locator('.reply p');
  const inSight = await scrollerOf(page).evaluate((scroller) => {
    const { top } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll('.reply p')].findIndex(
      (each) => each.getBoundingClientRect().top > top + 40,
    );
  });
  const topOf = (each: Locator) => each.evaluate((p) => p.getBoundingClientRect().top);
  const watched = paragraphs.nth(inSight);
  const before = await topOf(watched);
  const count = await paragraphs.count();
  await expect.poll(() => paragraphs.count()).toBeGreaterThan(count + 10);
  return { before, after: await topOf(watched) };
}

/** A finger that moves down by so many pixels, rests a moment, and leaves the glass. */
async function swipe(devtools: CDPSession, pixels: number): Promise<void> {
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: y === undefined ? [] : [{ x: 195, y }],
    });
  const from = 250;
  // What a finger moves before it counts as scrolling.
  const slop = 16;
  await touch('touchStart', from);
  for (let moved = 10; moved < pixels + slop; moved += 10) {
    await touch('touchMove', from + moved);
    await wait(8);
  }
  for (let rest = 0; rest < 10; rest += 1) {
    await touch('touchMove', from + pixels + slop);
    await wait(16);
  }
  await touch('touchEnd');
}

test.describe('while a reply is written', () => {
  test('a finger reads up, stays there, and goes to the end when it wants to', async ({
    browser,
    baseURL,
    server,
  }) => {
    const phone = await browser.newContext({
      baseURL: baseURL ?? '',
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
    });
    const page = await phone.newPage();
    const devtools = await phone.newCDPSession(page);
    const reply = flow();
    server.upstream.behave(reply.behaviour);
    await page.goto('/');
    await page.getByRole('textbox', { name: 'Message' }).fill('Go on');
    await page.getByRole('button', { name: 'Send' }).tap();
    const paragraphs = page.locator('.reply p');
    await expect.poll(() => paragraphs.count()).toBeGreaterThan(30);
    for (const pixels of [60, 150, 400]) {
      expect(await above(page), 'the end is followed').toBeLessThan(1);
      await swipe(devtools, pixels);
      expect(await above(page), `after ${String(pixels)} pixels`).toBeGreaterThan(pixels / 3);
      await scrollerOf(page).evaluate(settled);
      const { before, after } = await placeWhileItGrows(page);
      expect(Math.abs(after - before), `after ${String(pixels)} pixels`).toBeLessThan(3);
      await page.getByRole('button', { name: 'Jump to latest' }).tap();
      const count = await paragraphs.count();
      await expect.poll(() => paragraphs.count()).toBeGreaterThan(count + 5);
    }
    reply.end();
    await expect(page.locator('.reply')).toHaveAttribute('aria-busy', 'false');
    expect(await above(page)).toBeLessThan(1);
    await phone.close();
  });

  test('a trackpad, a wheel and the keyboard read up and stay there', async ({
    chat,
    page,
    server,
  }) => {
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
      // What a key began is drawn over some frames.
      await scroller.evaluate(settled);
      const { before, after } = await placeWhileItGrows(page);
      expect(Math.abs(after - before), name).toBeLessThan(3);
      await jump.click();
    }
    reply.end();
  });
});

test('where the browser holds no text in place by itself, it is held all the same', async ({
  chat,
  page,
  server,
}) => {
  await page.addInitScript(() => {
    const supports = CSS.supports.bind(CSS);
    CSS.supports = (name: string, value?: string) =>
      name !== 'overflow-anchor' && (value === undefined ? supports(name) : supports(name, value));
  });
  const reply = flow();
  server.upstream.behave(reply.behaviour);
  await chat.open();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { overflow-anchor: none !important; }');
    document.adoptedStyleSheets.push(sheet);
  });
  await chat.send('Go on');
  await expect.poll(() => page.locator('.reply p').count()).toBeGreaterThan(30);
  expect(await above(page)).toBeLessThan(1);
  await scrollerOf(page).hover();
  await page.mouse.wheel(0, -200);
  await expect.poll(() => above(page)).toBeGreaterThan(150);
  await scrollerOf(page).evaluate(settled);
  const { before, after } = await placeWhileItGrows(page);
  expect(Math.abs(after - before)).toBeLessThan(3);
  reply.end();
});

/** Until what is in sight has not moved for ten frames. */
async function settled(scroller: Element): Promise<void> {
  const [mark] = [...scroller.querySelectorAll('.reply p')].filter(
    (each) => each.getBoundingClientRect().top > scroller.getBoundingClientRect().top,
  );
  const top = () => mark?.getBoundingClientRect().top ?? 0;
  for (let still = 0, last = top(); still < 10; still += 1) {
    await new Promise(requestAnimationFrame);
    if (Math.abs(top() - last) > 1) still = 0;
    last = top();
  }
}

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
  const before = await bottom();
  gate.resolve();
  await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
  await expect(chat.replies().last().getByRole('button', { name: 'Copy' })).toBeVisible();
  expect(Math.abs((await bottom()) - before)).toBeLessThan(1);
});

test('paper holds the whole session and nothing else', async ({ chat, page, server }) => {
  const paragraphs = Array.from({ length: 30 }, (_, n) => paragraph(n)).join('\n\n');
  server.upstream.behave(answer(`${paragraphs}\n\n\`\`\`\n${'wide '.repeat(80)}\n\`\`\``));
  await chat.open();
  for (const question of ['The first question', 'The second', 'The last']) await chat.ask(question);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const hidden of [
    page.getByRole('complementary', { name: 'Sessions' }),
    page.getByRole('textbox', { name: 'Message' }),
    page.getByRole('button', { name: 'Copy' }).first(),
    page.getByRole('button', { name: 'Memory' }),
  ])
    await expect(hidden).toBeHidden();
  const height = await page.evaluate(() => {
    const question = document.querySelector('.user-message')?.getBoundingClientRect().top ?? -1;
    return { question: question + scrollY, whole: document.documentElement.scrollHeight };
  });
  expect(height.question).toBeGreaterThan(0);
  expect(height.whole).toBeGreaterThan(3000);
  const pdf = (await page.pdf()).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2);
  const colours = await page.evaluate(() => {
    const { colorScheme } = getComputedStyle(document.documentElement);
    const code = document.querySelector('.md-code pre');
    return { colorScheme, cut: code ? code.scrollWidth > code.clientWidth + 1 : true };
  });
  expect(colours).toEqual({ colorScheme: 'light', cut: false });
});

test('a translator that replaces the text of a reply leaves it whole, and the page alive', async ({
  chat,
  page,
  server,
}) => {
  const all = Array.from({ length: 12 }, (_, n) => `${paragraph(n)} End ${String(n)}.`);
  server.upstream.behave(answer(all.join('\n\n'), { pauseMs: 8 }));
  await chat.open();
  await page.evaluate(() => {
    const translate = (from: Element) => {
      const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        if (text.parentElement?.tagName === 'FONT' || !text.data.trim()) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.append(text.data);
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    setInterval(() => {
      translate(document.body);
    }, 60);
  });
  await chat.ask('In twelve paragraphs');
  const paragraphs = chat.replies().locator('p');
  await expect(paragraphs).toHaveText(all.map((text) => text.replaceAll('**', '')));
  await expect(page.locator('.reply font').first()).toBeAttached();
  await chat.ask('And again');
  await expect(chat.replies().last()).toContainText('End 11.');
});

test('Back comes back to the place where one was reading', async ({ chat, page, server }) => {
  const long = Array.from({ length: 60 }, (_, n) => paragraph(n)).join('\n\n');
  server.upstream.behave(answer(long));
  await chat.open();
  await chat.ask('A long one');
  await chat.ask('And another');
  await expect(page).toHaveURL(/\/s\//);
  const mark = page.locator('.reply p').filter({ hasText: 'Paragraph 20 ' }).first();
  // Again where the reply was just drawn anew, with the element that was to come into view.
  await expect(async () => {
    await mark.evaluate((p) => {
      p.scrollIntoView({ block: 'center' });
    });
    expect(await above(page)).toBeGreaterThan(80);
  }).toPass();
  const top = () => mark.evaluate((p) => p.getBoundingClientRect().top);
  const before = await top();
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  await chat.openNew();
  server.upstream.behave(answer('Short'));
  await chat.ask('Elsewhere');
  await page.goBack();
  await page.goBack();
  await expect(mark).toBeVisible();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(5);
  await page.reload();
  await expect(mark).toBeInViewport();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(5);
  // A session that is opened anew begins at its end.
  await page.getByRole('link', { name: 'Elsewhere' }).click();
  await expect(chat.replies()).toHaveText([/Short/]);
  await page.getByRole('link', { name: 'A long one' }).click();
  await expect(page.getByRole('heading', { name: 'A long one' })).toBeVisible();
  await expect.poll(() => above(page)).toBeLessThan(1);
});
