/**
 * What one update of a streamed answer costs the browser's main thread (React render and commit, no layout):
 * the whole text through react-markdown each time, and components/markdown. One run, one Chromium, so the
 * ratio is what counts. Usage: node scripts/bench-markdown.mjs [path to a Chromium]
 */
import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { chromium } from 'playwright';

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
    stdin: { contents: harness(), loader: 'tsx', resolveDir: process.cwd() },
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

function harness() {
  return `
    import { flushSync } from 'react-dom';
    import { createRoot } from 'react-dom/client';
    import ReactMarkdown from 'react-markdown';
    import remarkGfm from 'remark-gfm';
    import { Markdown } from './components/markdown/markdown';

    const section = (n) => \`## Part \${n}: what happens here

A paragraph with **bold words**, some *stress*, \\\`inline code\\\` and a [link](https://example.org/\${n}) that goes on for about two lines, as answers do.

1. First, take the **input** and look at it
2. Then *transform* it with \\\`map\\\`
   - keep what is new
   - drop what is not

| name | value | note |
|------|------:|------|
| one | \${n} | first |
| two | \${n * 2} | second |

\\\`\\\`\\\`ts
export function part\${n}(input: readonly string[]): number {
  // counts what is long enough
  return input.filter((word) => word.length > \${n}).length;
}
\\\`\\\`\\\`

> A remark that somebody made about part \${n}.

\`;
    const item = (n) => \`\${n}. **Step \${n}.** Take the *input* and look at \\\`part \${n}\\\` of it, then

   \\\`\\\`\\\`bash
   run --part \${n}
   \\\`\\\`\\\`

\`;
    const code = (n) => \`export const part\${n} = (input: string) => input.slice(\${n}); // and so on\\n\`;
    const row = (n) => \`| part \${n} | **\${n * 2}** | a remark |\\n\`;
    const shapes = {
      mixed: ['', section],
      'one list': ['', item],
      'one code block': ['\\\`\\\`\\\`ts\\n', code],
      'one table': ['| part | value | note |\\n|---|--:|---|\\n', row],
    };
    const answer = (shape, length) => {
      const [start, part] = shapes[shape];
      let text = start;
      for (let n = 1; text.length < length; n += 1) text += part(n);
      return text;
    };
    const kinds = {
      naive: (text) => <ReactMarkdown remarkPlugins={[remarkGfm]}>{text}</ReactMarkdown>,
      ours: (text) => <Markdown text={text} streaming idPrefix="m" />,
    };
    globalThis.measure = ({ kind, shape, size, updates, step }) => {
      const text = answer(shape, size + updates * step);
      const root = createRoot(document.getElementById('root'));
      const show = (length) => flushSync(() => root.render(kinds[kind](text.slice(0, length))));
      show(size);
      const times = [];
      for (let update = 1; update <= updates; update += 1) {
        const start = performance.now();
        show(size + update * step);
        times.push(performance.now() - start);
      }
      root.unmount();
      times.sort((a, b) => a - b);
      return { median: times[Math.floor(updates / 2)], p95: times[Math.floor(updates * 0.95)] };
    };
  `;
}
