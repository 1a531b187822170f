/**
 * `npm test`: everything that says whether the project is sound. `npm run check` is its first half, without running
 * any of the program. The last line is the sum of all test cases.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { demandNode, build, install, nodeBinary, projectEnv, run, seconds } from './steps.mjs';

demandNode();
void main();

const totals = { passed: 0, failed: 0, skipped: 0 };

async function main() {
  await install();
  mkdirSync('test-results', { recursive: true });
  const tool =
    (name, ...args) =>
    () =>
      command(`node_modules/.bin/${name}`, args);
  const script =
    (name, ...args) =>
    () =>
      command(nodeBinary(), [`scripts/${name}`, ...args]);
  /** @type {[string, () => Promise<string | null>][]} */
  const checks = [
    ['Format', tool('prettier', '--check', '--cache', '--log-level=warn', '.')],
    ['Types', tool('tsc', '--noEmit')],
    [
      'Lint',
      tool('oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
    ],
    ['Import rules', script('check-architecture.mjs')],
    ['Dead code', tool('knip')],
  ];
  /** @type {[string, () => Promise<string | null>][]} */
  const tests = [
    ['Unit tests and the store on both databases', () => vitest('unit', '--coverage')],
    ['Build', async () => build()],
    ['First-load budget', script('first-load.mjs')],
    ['The HTTP contract, against the built program', () => vitest('conformance')],
    ['End to end, in a real browser', endToEnd],
  ];
  const started = Date.now();
  const failed = [];
  for (const [name, step] of process.argv[2] === 'check' ? checks : [...checks, ...tests]) {
    process.stdout.write(`${name} … `);
    const startedAt = Date.now();
    const problem = await step();
    console.log(
      problem === null
        ? `ok (${seconds(startedAt)})`
        : `FAILED (${seconds(startedAt)})\n${problem}`,
    );
    if (problem !== null) failed.push(name);
  }
  conclude(failed, seconds(started));
}

function conclude(failed, took) {
  console.log(
    failed.length === 0
      ? `\nAll is sound (${took}).`
      : `\nNot sound: ${failed.join(', ')} (${took}).`,
  );
  // A step that is no test and failed counts as one case, so that the last line never says 0 failed wrongly.
  const misses = failed.length > 0 && totals.failed === 0 ? failed.length : totals.failed;
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  if (process.argv[2] !== 'check')
    console.log(`${totals.passed} passed, ${misses} failed${skipped}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Null when it went well, else what it printed. */
async function command(file, args, more = {}) {
  const { code, output } = await run(file, args, { env: projectEnv(more) });
  return code === 0 ? null : output;
}

async function vitest(project, ...args) {
  const report = `test-results/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const problem = await command('node_modules/.bin/vitest', [
    'run',
    '--project',
    project,
    ...reporters,
    ...args,
  ]);
  if (!existsSync(report)) return problem ?? 'vitest wrote no report';
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  add(numPassedTests, numFailedTests, numPendingTests);
  if (numPendingTests > 0) sayWhatWasSkipped(testResults);
  if (numPassedTests === 0) return problem ?? 'vitest ran no test';
  return problem;
}

function sayWhatWasSkipped(results) {
  const names = results.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending' || status === 'skipped'),
  );
  process.stdout.write(`(skipped: ${names.map(({ fullName }) => fullName).join('; ')}) `);
}

async function endToEnd() {
  const missing = await provideBrowser();
  if (missing) return missing;
  const report = 'test-results/e2e.json';
  const problem = await command('node_modules/.bin/playwright', ['test'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  if (!existsSync(report)) return problem ?? 'playwright wrote no report';
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats;
  add(expected, unexpected + flaky, skipped);
  return expected === 0 ? (problem ?? 'playwright ran no test') : problem;
}

function add(passed, failed, skipped) {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
}

/** Null when there is a browser; looks, then tries Playwright's own, then Debian's. */
async function provideBrowser() {
  const { findBrowser } = await import('./browser.mjs');
  if (findBrowser()) return null;
  const own = await command('node_modules/.bin/playwright', ['install', 'chromium']);
  if (own === null && findBrowser()) return null;
  const root = process.getuid && process.getuid() === 0;
  if (root && existsSync('/usr/bin/apt-get')) {
    await command('apt-get', ['update', '-qq']);
    await command('apt-get', ['install', '-y', '-qq', 'chromium']);
    if (findBrowser()) return null;
  }
  return 'No browser was found and none could be installed. Install Chromium or Google Chrome and run npm test again.';
}
