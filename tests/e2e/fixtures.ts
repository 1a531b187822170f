import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { atLength } from '../faults/chance';
import { startApp, type RunningApp } from '../programs/app';
import { startCutProxy, type CutProxy } from '../programs/cut-proxy';
import { startUpstream, type Upstream } from '../upstream/upstream';

interface Worker {
  readonly upstream: Upstream;
  readonly app: RunningApp;
  readonly network: CutProxy;
  /** The SQLite file of the app. */
  readonly database: string;
}

interface Each {
  /** The browser errors that this test expects; any other fails it. */
  expected: RegExp | null;
  chat: ChatPage;
  /** A page on a telephone. */
  phone: Page;
}

/** What Playwright says where its configuration blocks workers. */
const NO_WORKER = 'Service Worker registration blocked by Playwright';

/** User actions in the chat, by visible names. */
export interface ChatPage {
  readonly page: Page;
  open(path?: string): Promise<void>;
  /** Opens the page of a new session and waits for it. */
  openNew(): Promise<void>;
  send(text: string): Promise<void>;
  /** Sets in the settings that replies appear when they are complete. */
  stopStreaming(): Promise<void>;
  /** Sends and waits until the reply is complete. */
  ask(text: string): Promise<void>;
  replies(): Locator;
  /** Messages that got no reply. */
  failed(): Locator;
}

export const test = base.extend<Each, { server: Worker }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright parses the pattern to find that this fixture needs no other
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-e2e-'));
      const database = path.join(folder, 'app.db');
      const upstream = await startUpstream();
      const app = await startApp({
        DATABASE_URI: `sqlite://${database}`,
        OPENAI_BASE_URL: upstream.url,
        ACCESS: 'open',
        ALLOWED_HOSTS: 'lan.test',
        CHAT_RATE_LIMIT: '10000/minute',
        API_RATE_LIMIT: '100000/minute',
        PAGE_RATE_LIMIT: '100000/minute',
        VISITOR_RATE_LIMIT: '100000/minute',
        STREAMS_PER_ADDRESS: '100000',
        BREAKER_THRESHOLD: '1000',
        UPSTREAM_TIMEOUT_MS: '20000',
      });
      const network = await startCutProxy(app.url);
      await use({ upstream, app, network, database });
      await network.close();
      await app.stop();
      await upstream.close();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],

  expected: [null, { option: true }],

  baseURL: async ({ server }, use) => {
    server.upstream.reset();
    server.network.up();
    await use(server.network.url);
  },

  context: async ({ context }, use) => {
    // One that an earlier test left has its page.
    for (const page of context.pages()) waitForHydration(page);
    context.on('page', waitForHydration);
    await use(context);
  },

  page: async ({ page, expected }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(`page error: ${message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      if (!message.text().startsWith(NO_WORKER)) complaints.push(message.text());
    });
    await use(page);
    const unexpected = complaints.filter((text) => !expected?.test(text));
    expect(unexpected, 'the browser complained about nothing').toEqual([]);
  },

  chat: async ({ page }, use) => {
    await use(chatOn(page));
  },

  phone: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({
      baseURL: baseURL ?? '',
      hasTouch: true,
      serviceWorkers: 'block',
      isMobile: true,
      viewport: { width: 390, height: 844 },
    });
    context.on('page', waitForHydration);
    await use(await context.newPage());
    await context.close();
  },
});

/**
 * Only in `npm run faults`; `npm test` counts it as skipped: a second device, a rare failure, or what another test nearly
 * covers. What a person does with the page has a `test` of its own.
 */
export const testAtLength = atLength() ? test : test.skip;

/** Lets `goto` and `reload` also wait until the page reacts: what is pressed before that is lost on a slow machine. */
export function waitForHydration(page: Page): void {
  // Asks in each frame, where `expect.poll` would pause longer and longer.
  const hydrated = () =>
    page.waitForFunction(() => {
      const settings = document.querySelector('.composer-settings');
      if (settings) return !settings.matches(':disabled');
      // A page waits for the texts of its language, before React takes over what the server drew.
      const main = document.querySelector('main');
      return main !== null && Object.keys(main).some((key) => key.startsWith('__reactProps'));
    });
  const { goto, reload } = page;
  page.goto = async (url, options) => {
    const response = await goto.call(page, url, options);
    if (options?.waitUntil !== 'commit') await hydrated();
    return response;
  };
  page.reload = async (options) => {
    const response = await reload.call(page, options);
    if (options?.waitUntil !== 'commit') await hydrated();
    return response;
  };
}

export function chatOn(page: Page): ChatPage {
  const field = page.getByRole('textbox', { name: 'Message' });
  const chat: ChatPage = {
    page,
    async open(to = '/') {
      await page.goto(to);
      await expect(field).toBeEditable();
    },
    async openNew() {
      await page.getByRole('link', { name: 'New chat' }).click();
      const welcome = page.getByRole('heading', { name: 'How can I help?' });
      await expect(welcome).toBeVisible();
    },
    async stopStreaming() {
      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await page.getByText('Show replies as they are written').click();
      await page.getByRole('button', { name: 'Done' }).click();
    },
    async send(text) {
      await field.fill(text);
      await field.press('Enter');
    },
    async ask(text) {
      // Not by their number: earlier ones may be left out meanwhile, as far away.
      await chat.replies().evaluateAll((replies) => {
        for (const reply of replies) reply.setAttribute('data-before', '');
      });
      await chat.send(text);
      await expect(chat.replies().last()).not.toHaveAttribute('data-before');
      await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
    },
    replies: () => page.locator('.reply'),
    failed: () => page.getByRole('article', { name: 'Message without a reply' }),
  };
  return chat;
}

export { expect };
