import { setTimeout as wait } from 'node:timers/promises';
import { answer, spokenBy } from '../../tests/upstream/upstream.ts';
import { LIMITED, STREAMED } from './conversations.mjs';
import { openStage, settled } from './stage.mjs';

const SIZE = { width: 860, height: 560 };
/** How long each frame is shown. Frames follow the page, not a clock; only the rate limit's countdown follows the clock. */
const MS = { type: 60, write: 80, second: 1000, read: 2500 };
const HELD_BACK_MS = 500;
/** A film took longer to make than the model to answer, so the row of a reply's costs is not true. */
const UNTRUE = '.reply-facts { visibility: hidden; }';

/** A question is typed, and its reply appears as it is written. */
export function streaming() {
  return onStage({}, async ({ page, film, upstream }) => {
    const model = spokenBy(upstream);
    await film.type(STREAMED.question);
    await page.keyboard.press('Enter');
    await page.locator('.reply').waitFor();
    while (upstream.requests.length === 0) await wait(20);
    await film.frame(400);
    let said = '';
    for (const piece of STREAMED.reply.match(/(\s*\S+){1,2}/g) ?? []) {
      said += piece;
      model.say(piece);
      await shows(page, said);
      await film.frame(MS.write);
    }
    model.finish();
    await ended(page, 1);
    await film.frame(MS.read);
  });
}

/** The limit is met, the wait is counted down, and the kept message is sent. */
export function rateLimit() {
  return onStage({ CHAT_RATE_LIMIT: '1/minute' }, async ({ page, film, upstream }) => {
    upstream.behave(answer(LIMITED.first.reply), answer(LIMITED.second.reply));
    await untilLeft(20);
    await page.getByRole('textbox', { name: 'Message' }).fill(LIMITED.first.question);
    await page.keyboard.press('Enter');
    await ended(page, 1);
    await film.frame(800);
    await film.type(LIMITED.second.question);
    await untilLeft(LIMITED.seconds);
    await page.keyboard.press('Enter');
    for (let left = LIMITED.seconds - 1; left > 0; left -= 1) {
      await page.getByRole('button', { name: `Try again in ${String(left)} s` }).waitFor();
      await film.frame(MS.second);
    }
    const retry = page.getByRole('button', { name: 'Retry' });
    await retry.waitFor();
    await film.frame(MS.second);
    await retry.click();
    await ended(page, 2);
    await film.frame(MS.read);
  });
}

async function onStage(configuration, play) {
  const stage = await openStage(configuration);
  try {
    const page = await stage.open({ viewport: SIZE });
    await page.goto('/');
    // Not a style tag, which the page's policy forbids.
    await page.evaluate((rule) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rule);
      document.adoptedStyleSheets.push(sheet);
    }, UNTRUE);
    await settled(page);
    const frames = [];
    const film = filmOf(page, frames);
    await film.frame(600);
    await play({ page, film, upstream: stage.upstream });
    return frames;
  } finally {
    await stage.close();
  }
}

function filmOf(page, frames) {
  const frame = async (ms) => {
    frames.push({ shot: await page.screenshot({ animations: 'disabled' }), ms });
  };
  return {
    frame,
    async type(text) {
      for (const piece of text.match(/.{1,4}/gu) ?? []) {
        await page.keyboard.type(piece);
        await frame(MS.type);
      }
    },
  };
}

/** Until the page has drawn the last word of what the model said, or holds it back: half a table is not shown. */
async function shows(page, said) {
  const word = /[\p{L}\p{N}]+(?=[^\p{L}\p{N}]*$)/u.exec(said)?.[0] ?? '';
  await page
    .waitForFunction((last) => document.querySelector('.reply')?.textContent.includes(last), word, {
      timeout: HELD_BACK_MS,
    })
    .catch(() => undefined);
  await page.evaluate(
    () =>
      new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn));
      }),
  );
}

async function ended(page, replies) {
  await page.waitForFunction(
    (count) => document.querySelectorAll('.reply[aria-busy="false"]').length === count,
    replies,
  );
  await wait(300);
}

/** Until so many seconds are left of a minute, with which the counts of a limit begin again. */
async function untilLeft(seconds) {
  const left = 60_000 - (Date.now() % 60_000);
  await wait((left - seconds * 1000 + 60_000) % 60_000);
}
