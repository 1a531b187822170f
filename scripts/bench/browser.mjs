/**
 * `npm run bench -- browser`: what a page costs. A long reply while it streams, drawn by react-markdown, streamdown and
 * ours in one browser; a chat of ten thousand messages; the first load. Compare the lines: the figures are this machine's.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { startApp } from '../../tests/programs/app.ts';
import { findBrowser } from '../browser.mjs';
import { build, buildIsStale } from '../steps/build.mjs';
import { provideBrowser } from '../steps/browser.mjs';
import { RAISED_LIMITS } from './raised-limits.mjs';
import { openLongSession } from './browser/long-session.mjs';
import { compareStreaming } from './browser/streaming.mjs';

const problem = (buildIsStale() ? await build({ show: true }) : null) ?? (await provideBrowser());
if (problem) {
  console.error(problem);
  process.exit(1);
}
const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-browser-'));
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await compareStreaming(browser);
  const app = await startApp({
    DATABASE_URI: `sqlite://${folder}/app.db`,
    ACCESS: 'open',
    PAGE_RATE_LIMIT: '100000/minute',
    ...RAISED_LIMITS,
  });
  await openLongSession(browser, app.url);
  await app.stop();
  console.log('\nfirst load, JavaScript, gzipped');
  spawnSync(process.execPath, ['scripts/checks/first-load.mjs'], { stdio: 'inherit' });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
