const MESSAGES = 10_000;
const TARGET_MS = 300;
const NODES_MAX = 3_000;
/** Pages of messages that are scrolled through. */
const SCROLLS = 60;

/** Opens sessions of a few and of ten thousand messages, and scrolls back in the long one. */
export async function openLongSession(browser, origin) {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const ready = () => document.querySelector('.composer-settings:not(:disabled)');
    const look = () => {
      if (ready()) globalThis.readyAt = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto('/');
  const short = await given(page, 'Short', 10);
  const long = await given(page, 'Long', MESSAGES);
  console.log('\nopening a chat, median of 5   first text   ready');
  for (const [name, at] of [
    ['10 messages', short],
    [`${MESSAGES.toLocaleString('en')} messages`, long],
  ]) {
    const times = [];
    for (let n = 0; n < 6; n += 1) times.push(await open(page, at));
    const median = (key) =>
      times
        .slice(1)
        .map((time) => time[key])
        .toSorted((a, b) => a - b)[2];
    console.log(
      `${name.padEnd(29)} ${`${median('text').toFixed(0)} ms`.padStart(10)} ${`${median('ready').toFixed(0)} ms`.padStart(7)}`,
    );
  }
  console.log(`target: ready in ${TARGET_MS} ms`);
  console.log(
    `most nodes while scrolling back ${SCROLLS} pages: ${await mostNodes(page)} (target ${NODES_MAX})`,
  );
  await context.close();
}

async function open(page, at) {
  await page.goto(at);
  await page.waitForFunction(() => globalThis.readyAt !== undefined);
  return page.evaluate(() => ({
    text: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    ready: globalThis.readyAt,
  }));
}

async function mostNodes(page) {
  let most = 0;
  for (let n = 0; n < SCROLLS; n += 1) {
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, -20_000);
    const earlier = page.getByRole('button', { name: 'Show earlier messages' });
    if (await earlier.isVisible()) await earlier.click();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    most = Math.max(most, await page.evaluate(() => document.querySelectorAll('*').length));
  }
  return most;
}

/** Imports a session; resolves with its address. */
async function given(page, name, count) {
  const chat_messages = Array.from({ length: count }, (_, n) => ({
    uuid: `${name}-${n}`,
    sender: n % 2 === 0 ? 'human' : 'assistant',
    text:
      n % 2 === 0
        ? `Question ${n} about the sea?`
        : `Answer **${n}**: it is *deep*, and \`salty\`.\n\n- one\n- two`,
  }));
  const answered = await page.request.post('/api/sessions/import', {
    data: [{ uuid: name, name, chat_messages }],
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  const id = /"session_id":"([^"]+)"/.exec(await answered.text())?.[1];
  if (id === undefined) throw new Error(`Nothing was imported: ${answered.status()}`);
  return `/s/${id}`;
}
