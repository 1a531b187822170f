import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/** Debian's package of headless Chromium, in which the tests take half the time. */
const HEADLESS_SHELL = 'chromium-headless-shell';
/** Where `npm test` puts the one that it gets from the package registry. */
export const PACKAGED_BROWSER = fileURLToPath(
  new URL('../node_modules/.cache/browser/unpacked/chromium', import.meta.url),
);
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium on this machine, including Playwright's own; null if there is none. */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const inPath = (names) =>
    folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  const found = [
    ...inPath([HEADLESS_SHELL]),
    chromium.executablePath(),
    ...inPath(NAMES),
    ...PLACES,
    PACKAGED_BROWSER,
  ].find(runs);
  return found ?? null;
}

function runs(file) {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
