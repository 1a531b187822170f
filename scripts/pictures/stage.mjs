import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { startApp } from '../../tests/programs/app.ts';
import { startUpstream } from '../../tests/upstream/upstream.ts';
import { findBrowser } from '../browser.mjs';

/** What the model's server of the pictures has. */
const MODELS = [
  { id: 'llama-3.3-70b', context_length: 131_072 },
  { id: 'qwen3-32b', context_length: 40_960 },
];

/** Starts the built app on an empty database, a scripted model server and a browser. */
export async function openStage(configuration = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-pictures-'));
  const upstream = await startUpstream();
  upstream.behaveListing(() => [200, { data: MODELS }]);
  const app = await startApp({
    DATABASE_URI: `sqlite://${folder}/app.db`,
    OPENAI_BASE_URL: upstream.url,
    ACCESS: 'open',
    CHAT_MEMORY_ENABLED: 'false',
    ...configuration,
  });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  });
  return {
    upstream,
    /** A page of a new visitor. All pictures have one language, zone and way to write times. */
    async open(options) {
      const context = await browser.newContext({
        baseURL: app.url,
        locale: 'en-GB',
        timezoneId: 'UTC',
        serviceWorkers: 'block',
        ...options,
      });
      return context.newPage();
    },
    async close() {
      await browser.close();
      await app.stop();
      await upstream.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Nothing is pictured before the types are there and the page reacts. */
export async function settled(page) {
  await page.waitForFunction(() =>
    Object.keys(document).some((key) => key.startsWith('_reactListening')),
  );
  await page.evaluate(() => document.fonts.ready);
}
