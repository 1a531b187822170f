/** The test runners as steps: they resolve with the output of a failure, the counts and the skipped tests. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { projectEnv } from './node.mjs';
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
  return { ...outcome, cases: { passed: expected, failed: unexpected + flaky, skipped } };
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
