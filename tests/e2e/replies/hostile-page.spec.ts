import type { Page } from '@playwright/test';
import { hostile } from '@/components/markdown/fixtures/hostile';
import { answer } from '../../upstream/upstream';
import { expect, testAtLength } from '../fixtures';

/** The body limit of a request, and the reply limit in characters with room for its end. */
const BODY = 64_000;
const REPLY = 195_000;
const MESSAGES = 50;
/** Of the processor's time, which what else the machine does makes longer now and then: the best of some counts. */
const TASK_MS = 100;
/** Measured by the clock, so the best of some counts here too. */
const PAGE_MS = 300;
const HEALTH_MS = 100;
const ATTEMPTS = 5;
/** Without a browser, an attempt is short. */
const PAGE_ATTEMPTS = 15;

testAtLength(
  'a session of fifty hostile messages opens without blocking the page or the server',
  async ({ chat, page, browser, server }) => {
    await chat.open();
    const address = `/s/${await sessionOf(page, texts())}`;
    const served = await serve(page, server.app.url, address);
    expect(served.some(isQuick), JSON.stringify(served)).toBe(true);
    const printed = await serve(page, server.app.url, `${address}/print`);
    expect(printed.some(isQuick), JSON.stringify(printed)).toBe(true);
    // Paper stops at a number of characters; of a session, what is far from its end is left out.
    for (const [path, least] of [
      [`${address}/print`, 5],
      [address, 1],
    ] as const) {
      const measured: number[] = [];
      do {
        await browser.startTracing(page, { categories: ['toplevel'] });
        await page.goto(path);
        await untilQuiet(page);
        await showEarlier(page);
        await untilQuiet(page);
        measured.push(longestTask(await browser.stopTracing()));
      } while (Math.min(...measured) > TASK_MS && measured.length < ATTEMPTS);
      expect(Math.min(...measured), `${path} ${JSON.stringify(measured)}`).toBeLessThan(TASK_MS);
      expect(await chat.replies().count()).toBeGreaterThanOrEqual(least);
    }
  },
);

testAtLength(
  'a hostile reply of the maximum length streams without blocking the page',
  async ({ chat, page, browser, server }) => {
    const parts = Object.values(hostile).map((make) => make(REPLY / Object.keys(hostile).length));
    server.upstream.behave(answer(`${parts.join('\n\n')}\n\nThe end`));
    const measured: number[] = [];
    do {
      await chat.open();
      await browser.startTracing(page, { categories: ['toplevel'] });
      await chat.send('Be evil');
      await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
      await untilQuiet(page);
      measured.push(longestTask(await browser.stopTracing()));
      await expect(chat.replies().last()).toContainText('The end');
    } while (Math.min(...measured) > TASK_MS && measured.length < ATTEMPTS);
    expect(Math.min(...measured), JSON.stringify(measured)).toBeLessThan(TASK_MS);
  },
);

/** One text of each of fifty kinds, including those that are slowest to parse. */
function texts(): string[] {
  const shapes = Object.values(hostile);
  return Array.from({ length: MESSAGES }, (_, at) => {
    const make = shapes[(at * 7) % shapes.length];
    return make ? fitting(make(BODY)) : '';
  });
}

/** Truncated to fit a request. */
const fitting = (text: string): string =>
  text.slice(0, Math.floor((text.length * (BODY - 200)) / Buffer.byteLength(JSON.stringify(text))));

/** Creates a session with these replies for the page's visitor. */
async function sessionOf(page: Page, replies: readonly string[]): Promise<string> {
  return page.evaluate(async (contents) => {
    const post = (path: string, body: object) =>
      fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const session = (await (await post('/api/sessions', {})).json()) as { id: string };
    for (const content of contents) {
      const { ok } = await post(`/api/sessions/${session.id}/messages`, {
        role: 'assistant',
        content,
      });
      if (!ok) throw new Error('A message was refused');
    }
    return session.id;
  }, replies);
}

/** By a script: finding a button by role would block such a page itself. */
const showEarlier = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLElement>('.earlier')?.click());

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time of the thread in microseconds, without other load of the machine. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of the page's threads, in milliseconds. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const place = ({ pid, tid }: TraceEvent) => `${String(pid)} ${String(tid)}`;
  const threads = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  expect(threads).not.toEqual([]);
  const pages = new Set(threads.map(place));
  const tasks = traceEvents.filter(
    (event) => event.name.endsWith('RunTask') && pages.has(place(event)),
  );
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

/** Waits until the page has stopped changing, so everything is rendered. */
const untilQuiet = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const done = () => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(done, 1_000);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, 1_000);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );

/** Response times in milliseconds of the page, and the longest of `/health` meanwhile; without a browser's work. */
async function serve(page: Page, url: string, address: string) {
  const measured: Served[] = [];
  do {
    const health = watchHealth(url);
    const startedAt = performance.now();
    const response = await page.request.get(address);
    expect(response.status()).toBe(200);
    measured.push({ page: performance.now() - startedAt, health: await health.longest() });
  } while (!measured.some(isQuick) && measured.length < PAGE_ATTEMPTS);
  return measured;
}

interface Served {
  readonly page: number;
  readonly health: number;
}

const isQuick = (served: Served): boolean => served.page < PAGE_MS && served.health < HEALTH_MS;

/** Polls the server's health; `longest` stops it and resolves with the longest response time. */
function watchHealth(url: string) {
  const end = new AbortController();
  const watching = (async () => {
    let longest = 0;
    while (!end.signal.aborted) {
      const startedAt = performance.now();
      const { ok } = await fetch(`${url}/health`);
      expect(ok).toBe(true);
      longest = Math.max(longest, performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return longest;
  })();
  return {
    longest() {
      end.abort();
      return watching;
    },
  };
}
