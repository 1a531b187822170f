import { setTimeout as wait } from 'node:timers/promises';
import { expect, type CDPSession, type Locator, type Page } from '@playwright/test';
import { DONE, FINISH, openStream, token, type Behaviour } from '../../upstream/upstream';

export const paragraph = (n: number) =>
  `Paragraph ${String(n)} of a **reply** that goes on for longer than the window is high.`;

/** A reply that grows by a paragraph each 30 ms until it is ended, faster than any model writes. */
export function flow(): { readonly behaviour: Behaviour; end(): void } {
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

export const scrollerOf = (page: Page) => page.getByRole('region', { name: 'Messages' });
/** How far above the end the reader is, in pixels. */
export const above = (page: Page) => scrollerOf(page).evaluate(({ scrollTop }) => -scrollTop);

/** Where a paragraph in sight stands, once the reply has grown by ten more. */
export async function placeWhileItGrows(page: Page): Promise<{ before: number; after: number }> {
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
export async function swipe(devtools: CDPSession, pixels: number): Promise<void> {
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

/** Until what is in sight has not moved for ten frames. */
export async function settled(scroller: Element): Promise<void> {
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
