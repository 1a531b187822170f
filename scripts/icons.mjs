/** Draws the icons of the installed app from app/icon.svg: node scripts/icons.mjs, after a change of it. */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { findBrowser } from './browser.mjs';
import { at } from './steps/node.mjs';

const svg = readFileSync(at('app', 'icon.svg'), 'utf8');
/** The colour that fills a maskable icon to its edge, as the mark's own ground. */
const ground = /fill="(#\w+)"/.exec(svg)?.[1] ?? '#2c6554';

/** `share`: how much of the square the mark takes. The mask of a phone may cut a fifth off. */
const ICONS = [
  { name: 'icon-192', size: 192, share: 1, full: false },
  { name: 'icon-512', size: 512, share: 1, full: false },
  { name: 'maskable-512', size: 512, share: 0.8, full: true },
  { name: 'apple-180', size: 180, share: 1, full: true },
];

const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const { name, size, share, full } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const mark = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${full ? ground : 'none'}">` +
        `<img src="${mark}" width="${size * share}" height="${size * share}">`,
    );
    await page.screenshot({ path: at('public', 'pwa', `${name}.png`), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
