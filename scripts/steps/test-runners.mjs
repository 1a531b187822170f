/** The test runners as steps: they resolve with the output, the counts, the failed tests and the skipped ones. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { at, projectEnv } from './node.mjs';
import { runTool } from './run.mjs';

export async function vitest(project, ...args) {
  const report = `test-results/${project}.json`;
  const outcome = await withReport(report, 'vitest', [
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ]);
  return outcome.results ? fromVitest(outcome) : outcome;
}

function fromVitest({ problem, output, results }) {
  const { success, numPassedTests, numFailedTests, numPendingTests, testResults } = results;
  const skippedTests = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'skipped');
  return {
    // Not the exit code alone: a test may load code that exits with another.
    problem: success ? problem : output,
    cases: { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests },
    failures: testResults.flatMap(({ name, message, assertionResults }) => {
      const failures = assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => failure(name, fullName, failureMessages[0]));
      // A file that fails outside of its tests has a message of its own.
      return message && failures.length === 0 ? [failure(name, '', message)] : failures;
    }),
    note:
      skippedTests.length > 0 &&
      `skipped: ${skippedTests.map(({ fullName }) => fullName).join('; ')}`,
  };
}

export async function playwright() {
  const report = 'test-results/e2e.json';
  const outcome = await withReport(report, 'playwright', ['test'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  if (!outcome.results) return outcome;
  const { expected, unexpected, flaky, skipped } = outcome.results.stats;
  return {
    ...outcome,
    cases: { passed: expected, failed: unexpected + flaky, skipped },
    failures: outcome.results.suites.flatMap(failuresOf),
    note: skipped > 0 && `${skipped} skipped as only at length; \`npm run faults\` runs them too`,
  };
}

function failuresOf({ file, specs = [], suites = [] }) {
  const failed = specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
      return failure(at('tests/e2e', file), title, errors[0]?.message);
    });
  return [...failed, ...suites.flatMap(failuresOf)];
}

/** One test that failed and the start of the reason, in at most six lines. */
function failure(file, name, message = 'no message') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [`${path.relative(at(), file)} › ${name}`, ...lines.slice(0, 5)].join('\n    ');
}

/** `results`: the report, parsed. A missing report is a failure. */
async function withReport(report, name, args, env) {
  // Otherwise a runner that crashes would leave the last run's report.
  rmSync(report, { force: true });
  const { code, output } = await runTool(name, args, { env: projectEnv(env) });
  if (!existsSync(report)) return { problem: `${output}\n${name} wrote no report.` };
  const results = JSON.parse(readFileSync(report, 'utf8'));
  return { problem: code === 0 ? null : output, output, results };
}
