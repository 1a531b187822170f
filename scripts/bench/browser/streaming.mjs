import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { HARNESS } from './harness.mjs';

/** Installed for the bench alone: nothing of it is in the app. */
const STREAMDOWN = 'streamdown@2.7.1';
const KINDS = ['react-markdown', 'streamdown', 'Ask-Next'];
/** Characters of the answer when the measuring begins. */
const BEFORE = 100_000;
/** A hundred tokens of four characters a second; the server joins those of 20 ms. */
const STREAM = { updates: 500, everyMs: 20, characters: 8 };

/** An answer of 100 kB that grows by 100 tokens a second for ten seconds, on this processor and on one a quarter as fast. */
export async function compareStreaming(browser) {
  const files = await bundle();
  console.log('a reply of 100 kB grows by 100 tokens a second');
  console.log(
    '                        thread busy   frames dropped   longest task   behind at the end',
  );
  for (const slowdown of [1, 4]) {
    for (const kind of KINDS) {
      const { busy, dropped, frames, longest, behind } = await measure(
        browser,
        files,
        kind,
        slowdown,
      );
      console.log(
        [
          `${kind.padEnd(15)} ${slowdown === 1 ? '       ' : '4 × slower'.slice(0, 10)}`.padEnd(24),
          `${(busy * 100).toFixed(0)} %`.padStart(11),
          `${dropped} of ${frames}`.padStart(17),
          `${longest.toFixed(0)} ms`.padStart(15),
          `${behind.toFixed(0)} ms`.padStart(20),
        ].join(''),
      );
    }
  }
}

async function measure(browser, { script, style }, kind, slowdown) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => console.error(error));
  await page.setContent('<!doctype html><div id="root"></div>');
  await page.addStyleTag({ content: style });
  await page.addScriptTag({ content: script });
  await page.evaluate((input) => globalThis.prepare(input), { kind, before: BEFORE });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const busyTime = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const valueOf = (name) => metrics.find((each) => each.name === name).value;
    return { task: valueOf('TaskDuration'), at: valueOf('Timestamp') };
  };
  const before = await busyTime();
  const seen = await page.evaluate((input) => globalThis.stream(input), STREAM);
  const after = await busyTime();
  await page.close();
  return { ...seen, busy: (after.task - before.task) / (after.at - before.at) };
}

async function bundle() {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-streamdown-'));
  try {
    execFileSync(
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, STREAMDOWN],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const ours = (name) => path.resolve('node_modules', name);
    const { outputFiles } = await build({
      stdin: { contents: HARNESS, loader: 'tsx', resolveDir: process.cwd() },
      bundle: true,
      write: false,
      outdir: folder,
      format: 'iife',
      jsx: 'automatic',
      minify: true,
      tsconfig: 'tsconfig.json',
      nodePaths: [path.join(folder, 'node_modules')],
      // One React for all.
      alias: { react: ours('react'), 'react-dom': ours('react-dom') },
      define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
      external: ['*.svg'],
      loader: { '.woff2': 'empty', '.woff': 'empty', '.ttf': 'empty' },
    });
    const textOf = (end) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
    return { script: textOf('.js'), style: textOf('.css') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
