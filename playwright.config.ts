import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.mjs';

const executablePath = findBrowser();

/** These measure the page, so nothing runs beside them. */
const MEASURING = /hostile-page\.spec/;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  snapshotPathTemplate: '{testDir}/{testFileDir}/pictures/{arg}{ext}',
  // Only against hanging tests.
  timeout: 300_000,
  // Generous, for busy machines.
  expect: { timeout: 30_000 },
  // One for each core: with twice as many, the same tests took a quarter longer and half more of the processor.
  workers: availableParallelism(),
  // No test needs another; by files, the last long one would run while a worker has nothing to do.
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ?? 'test-results/e2e.json' }],
  ],
  projects: [
    { name: 'pages', testIgnore: MEASURING },
    { name: 'measured', testMatch: MEASURING, dependencies: ['pages'], workers: 1 },
  ],
  use: {
    // No test is about how things move; those that scroll while something moves turn it on again.
    reducedMotion: 'reduce',
    // One test allows it: what goes through a worker cannot be held back by a test.
    serviceWorkers: 'block',
    // Traces cost a seventh of the time. To get one: npm run e2e -- name --trace=retain-on-failure
    trace: 'off',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A host name that is not a secure context, unlike localhost.
        '--host-resolver-rules=MAP lan.test 127.0.0.1',
      ],
    },
  },
});
