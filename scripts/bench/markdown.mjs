/**
 * Measures the main-thread time of one update of a streamed reply (React render and commit, no layout): the whole text
 * through react-markdown, against components/markdown. Both run in one Chromium, so the ratio counts.
 * Usage: node scripts/bench/markdown.mjs [path to a Chromium]
 */
import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { HARNESS } from './markdown-harness.mjs';

const CASES = [
  ['mixed', 1_000],
  ['mixed', 20_000],
  ['mixed', 100_000],
  ['one list', 20_000],
  ['one code block', 20_000],
  ['one table', 5_000],
];
const UPDATES = 80;
const CHARACTERS_PER_UPDATE = 8;

const script = await bundle();
const executablePath = [process.argv[2], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.setContent('<!doctype html><div id="root"></div>');
  await page.addScriptTag({ content: script });
  console.log(
    `median and 95th percentile of ${UPDATES} updates of ${CHARACTERS_PER_UPDATE} characters, ms`,
  );
  console.log(
    'text                    react-markdown         ours                 ratio of medians',
  );
  for (const [shape, size] of CASES) {
    const run = (kind) =>
      page.evaluate((input) => globalThis.measure(input), {
        kind,
        shape,
        size,
        updates: UPDATES,
        step: CHARACTERS_PER_UPDATE,
      });
    await run('ours');
    const naive = await run('naive');
    const ours = await run('ours');
    const cells = [naive, ours].map(
      ({ median, p95 }) => `${median.toFixed(1).padStart(7)} / ${p95.toFixed(1).padStart(7)}`,
    );
    const name = `${shape.padEnd(15)}${String(size / 1000).padStart(4)} kB`;
    console.log(
      `${name}  ${cells.join('     ')}     ${(naive.median / ours.median).toFixed(0).padStart(5)} x`,
    );
  }
} finally {
  await browser.close();
}

async function bundle() {
  const { outputFiles } = await build({
    stdin: { contents: HARNESS, loader: 'tsx', resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    minify: true,
    tsconfig: 'tsconfig.json',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.css': 'empty' },
  });
  return outputFiles[0].text;
}
