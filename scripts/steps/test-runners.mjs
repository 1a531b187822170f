/** The two test runners as steps: what went wrong, how many cases there were, and which were left out. */
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
  return outcome.told ? fromVitest(outcome) : outcome;
}

function fromVitest({ problem, output, told }) {
  const { success, numPassedTests, numFailedTests, numPendingTests, testResults } = told;
  const left = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'skipped');
  return {
    // Its exit code alone is not enough: what a test loads may end the process with another.
    problem: success ? problem : output,
    cases: { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests },
    note: left.length > 0 && `skipped: ${left.map(({ fullName }) => fullName).join('; ')}`,
  };
}

export async function playwright() {
  const report = 'test-results/e2e.json';
  const outcome = await withReport(report, 'playwright', ['test'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  if (!outcome.told) return outcome;
  const { expected, unexpected, flaky, skipped } = outcome.told.stats;
  return { ...outcome, cases: { passed: expected, failed: unexpected + flaky, skipped } };
}

/** `told`: what the runner wrote down. Not to have run anything is a problem too. */
async function withReport(report, name, args, env) {
  // Else a runner that crashes would be judged by what it wrote the last time.
  rmSync(report, { force: true });
  const { code, output } = await runTool(name, args, { env: projectEnv(env) });
  if (!existsSync(report)) return { problem: `${output}\n${name} wrote no report.` };
  const told = JSON.parse(readFileSync(report, 'utf8'));
  return { problem: code === 0 ? null : output, output, told };
}
