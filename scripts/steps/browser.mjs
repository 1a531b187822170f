import { existsSync } from 'node:fs';
import { run, runTool } from './run.mjs';

/** Null when there is a browser for the tests: looks for one, then tries Playwright's own, Debian's, and one among npm's packages. */
export async function provideBrowser() {
  const { findBrowser } = await import('../browser.mjs');
  if (findBrowser()) return null;
  await runTool('playwright', ['install', 'chromium']);
  if (findBrowser()) return null;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', 'chromium']);
    if (findBrowser()) return null;
  }
  const { installPackagedBrowser } = await import('./packaged-browser.mjs');
  await installPackagedBrowser();
  if (findBrowser()) return null;
  return 'None was found and none could be installed. Install Chromium or Google Chrome and run npm test again.';
}
