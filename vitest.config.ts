import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

const GLOBAL_SETUP = 'tests/databases/global-setup.ts';
const WARM_APP = 'tests/conformance/warm-app.ts';
const UNIT = ['{app,components,lib,db}/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.ts'];
/** These set environment variables, which the app's modules read once: each needs a process of its own. */
const ENVIRONMENT = globSync(UNIT, { cwd: root }).filter((file) =>
  /stubEnv|process\.env\[|tests\/setup\/middleware/.test(readFileSync(`${root}${file}`, 'utf8')),
);
/** These measure the app, so they must not run in parallel. */
const MEASURING = [
  'tests/faults/load/*.test.ts',
  'tests/faults/turns/kill.test.ts',
  'components/markdown/markdown.hostile.test.tsx',
];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The package throws outside of a server bundle.
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    // Generous, for busy machines; less than a test may take, so that the reason is told.
    expect: { poll: { timeout: 50_000 } },
    setupFiles: [
      'tests/setup/fail-on-console.ts',
      'tests/setup/timeouts.ts',
      'tests/faults/seed.ts',
    ],
    // Most tests wait for I/O, so that three at once keep two cores busy; by default Vitest would use one of them.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: UNIT,
          exclude: [...ENVIRONMENT, ...MEASURING],
          globalSetup: GLOBAL_SETUP,
          // Loading the modules again for each file took more than half of the CPU time.
          isolate: false,
          // Only against hanging tests: some compute for seconds, and machines differ.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'environment',
          include: ENVIRONMENT,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['tests/conformance/**/*.test.ts'],
          globalSetup: [GLOBAL_SETUP, WARM_APP],
          isolate: false,
          // Only against hanging tests: some start three programs, and the machine may be busy.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          exclude: MEASURING,
          globalSetup: GLOBAL_SETUP,
          // Some of these starve the machine by themselves.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measured',
          include: MEASURING,
          globalSetup: GLOBAL_SETUP,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      // To see the lines: npm run test:unit -- --coverage --coverage.reporter=html
      reporter: ['text-summary'],
      include: ['lib/**/*.ts', 'db/**/*.ts', 'components/**/*.ts'],
      thresholds: { lines: 80, functions: 80, branches: 70, statements: 80 },
    },
  },
});
