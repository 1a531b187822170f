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
  console.log(
    '\nopening a chat, median of 5   by a press in the page   first text of a new page   ready',
  );
  for (const [name, at, last] of [
    ['10 messages', short, 9],
    [`${MESSAGES.toLocaleString('en')} messages`, long, MESSAGES - 1],
  ]) {
    const pressed = await medianOf(() => press(page, at, last));
    const loads = [];
    const text = await medianOf(async () => {
      loads.push(await load(page, at));
      return loads.at(-1).text;
    });
    const ready = median(loads.slice(1).map((each) => each.ready));
    console.log(
      [
        name.padEnd(29),
        `${pressed.toFixed(0)} ms`.padStart(23),
        `${text.toFixed(0)} ms`.padStart(27),
        `${ready.toFixed(0)} ms`.padStart(8),
      ].join(''),
    );
  }
  console.log(`target: open in ${TARGET_MS} ms`);
  console.log(
    `most nodes while scrolling back ${SCROLLS} pages: ${await mostNodes(page)} (target ${NODES_MAX})`,
  );
  await context.close();
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Of five, after one that warms up. */
async function medianOf(measure) {
  await measure();
  const values = [];
  for (let n = 0; n < 5; n += 1) values.push(await measure());
  return median(values);
}

/** Opens a session from the sidebar of the first page; how long until its last message is painted. */
async function press(page, at, last) {
  await page.goto('/');
  await page.waitForFunction(() => globalThis.readyAt !== undefined);
  // What loads when the page is idle has come, too.
  await page.waitForTimeout(1000);
  return page.evaluate(
    ({ href, words }) =>
      new Promise((resolve) => {
        const pressedAt = performance.now();
        document.querySelector(`.session-row a[href="${href}"]`).click();
        const look = () => {
          const said = document.querySelector('.transcript')?.textContent.includes(words);
          // The frame after the one in which it is in the document has it on the screen.
          if (said) requestAnimationFrame(() => resolve(performance.now() - pressedAt));
          else requestAnimationFrame(look);
        };
        look();
      }),
    { href: at, words: `Answer ${last}` },
  );
}

/** Loads the page of a session. */
async function load(page, at) {
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
