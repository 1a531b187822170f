/**
 * The steps of `npm test`: everything that must pass before a change is merged. `npm run check` is its first half,
 * without running any of the program. The last line is the sum of all test cases.
 */
import { mkdirSync } from 'node:fs';
import { build, buildIsStale } from './steps/build.mjs';
import { provideBrowser } from './steps/browser.mjs';
import { install } from './steps/install.mjs';
import { chosenNode, nodeBinary } from './steps/node.mjs';
import { run, runTool } from './steps/run.mjs';
import { seconds } from './steps/progress.mjs';
import { playwright, vitest } from './steps/test-runners.mjs';

/** A step resolves with null on success, else with its output. */
const printed = ({ code, output }) => (code === 0 ? null : output);
const tool =
  (name, ...args) =>
  async () =>
    printed(await runTool(name, args));
/** By its path: the native compiler and TypeScript 6, whose API other tools need, are both called tsc. */
const program =
  (...args) =>
  async () =>
    printed(await run(nodeBinary(), args));
const script = (name) => program(`scripts/${name}`);

/** Two rows of equal length that run in parallel: each step keeps one core busy. */
const checks = [
  [
    { name: 'Format', step: tool('prettier', '--check', '--cache', '--log-level=warn', '.') },
    { name: 'Lint', step: tool('oxlint') },
  ],
  [
    { name: "Types of Next's routes", step: tool('next', 'typegen') },
    {
      name: 'Types',
      step: program('node_modules/typescript-native/bin/tsc', '--noEmit', '--checkers', '2'),
    },
    { name: 'Import rules', step: script('checks/architecture.mjs') },
    { name: 'Dead code', step: tool('knip', '--cache') },
  ],
];
const tests = [
  {
    name: 'Unit tests and the store on both databases',
    step: () => vitest('unit', '--project=environment', '--coverage'),
  },
  { name: 'Build', step: async () => (buildIsStale() ? build() : null), demanded: true },
  { name: 'First-load budget', step: script('checks/first-load.mjs') },
  { name: 'Names in the built program', step: script('checks/built-names.mjs') },
  { name: 'The HTTP contract, against the built program', step: () => vitest('conformance') },
  {
    name: 'Faults and load, against the built program',
    step: () => vitest('faults', '--project=measured'),
  },
  { name: 'A browser', step: provideBrowser, demanded: true },
  { name: 'End to end, in a real browser', step: playwright },
];

const totals = { passed: 0, failed: 0, skipped: 0 };
const [word] = process.argv.slice(2);
const onlyChecks = word === 'check';
if (word !== undefined && !onlyChecks) {
  console.error(
    `\`npm test\` runs everything and knows no "${word}". CONTRIBUTING.md says how to run a part.`,
  );
  process.exit(1);
}
const startedAt = Date.now();
const failed = [];

await install();
const node = chosenNode();
console.log(node.note ?? `On Node ${node.version}.`);
mkdirSync('test-results', { recursive: true });
await Promise.all(checks.map(inOrder));
if (!onlyChecks) await inOrder(tests);
conclude();

async function inOrder(steps) {
  for (const { name, step, demanded } of steps) {
    const { problem, failures = [] } = await report(name, step);
    if (problem === null) continue;
    failed.push({ name, failures: failures.length > 0 ? failures : [lastLines(problem)] });
    if (!demanded) continue;
    console.log('Skipped the rest: it needs what failed.');
    return;
  }
}

async function report(name, step) {
  const stepStartedAt = Date.now();
  const result = await step();
  const outcome = typeof result === 'object' && result ? result : { problem: result };
  const { problem, cases, note } = outcome;
  for (const [kind, count] of Object.entries(cases ?? {})) totals[kind] += count;
  const took = `(${seconds(stepStartedAt)})`;
  console.log(`${name} … ${problem === null ? `ok ${took}` : `FAILED ${took}\n${problem}`}`);
  if (note) console.log(`  ${note}`);
  return outcome;
}

function lastLines(text) {
  return text.trimEnd().split('\n').slice(-12).join('\n    ');
}

function conclude() {
  // Once more at the end, where the log of a CI run is read first.
  for (const { name, failures } of failed) console.log(`\n${name}:\n  ${failures.join('\n  ')}`);
  const names = failed.map(({ name }) => name).join(', ');
  console.log(
    failed.length === 0
      ? `\nEverything passed (${seconds(startedAt)}).`
      : `\nFailed: ${names} (${seconds(startedAt)}).`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
  if (onlyChecks) return;
  // A failed step without test cases counts as one, so that the last line never reports "0 failed" wrongly.
  const misses = totals.failed > 0 ? totals.failed : failed.length;
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  console.log(`${totals.passed} passed, ${misses} failed${skipped}`);
}
