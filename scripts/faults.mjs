/**
 * `npm run faults`: the long run of all tests that try to lose, duplicate or blank a reply, that depend on chance, or that
 * repeat others on the second database or device. `npm test` runs a short part, always with the same seed. FAULT_SEED
 * repeats a failed run; FAULT_ROUNDS is the number of processes to kill.
 */
import { randomInt } from 'node:crypto';
import { build, buildIsStale } from './steps/build.mjs';
import { provideBrowser } from './steps/browser.mjs';
import { projectEnv } from './steps/node.mjs';
import { runTool } from './steps/run.mjs';
import { seconds } from './steps/progress.mjs';

const startedAt = Date.now();
const FAULT_SEED = process.env.FAULT_SEED ?? String(randomInt(2 ** 31));
const FAULT_ROUNDS = process.env.FAULT_ROUNDS ?? '100';
const options = { show: true, env: projectEnv({ FAULT_SEED, FAULT_ROUNDS }) };

const suites = [
  {
    name: 'kill -9, cuts, races, store faults, start-up, load, a silent instance',
    run: () => runTool('vitest', ['run', '--project=faults', '--project=measured'], options),
  },
  {
    name: 'unit tests, and all of what they try by chance',
    run: () => runTool('vitest', ['run', '--project=unit', '--project=environment'], options),
  },
  {
    name: 'the HTTP contract, on both databases',
    run: () => runTool('vitest', ['run', '--project=conformance'], options),
  },
  {
    name: 'in a real browser, also what `npm test` leaves out',
    run: () => runTool('playwright', ['test'], options),
  },
];

console.log(`FAULT_SEED=${FAULT_SEED} FAULT_ROUNDS=${FAULT_ROUNDS}`);
const problem = (buildIsStale() ? await build({ show: true }) : null) ?? (await provideBrowser());
if (problem) {
  console.error(problem);
  process.exit(1);
}
const failed = [];
for (const { name, run } of suites) {
  console.log(`\n== ${name}`);
  const suiteStartedAt = Date.now();
  const { code } = await run();
  console.log(`== ${code === 0 ? 'ok' : 'FAILED'} (${seconds(suiteStartedAt)})`);
  if (code !== 0) failed.push(name);
}
console.log(
  failed.length === 0
    ? `\nAll passed: no reply was lost, duplicated or blank (${seconds(startedAt)}); seed ${FAULT_SEED}.`
    : `\nFAILED (${seconds(startedAt)}): ${failed.join('; ')}. Repeat with FAULT_SEED=${FAULT_SEED}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
