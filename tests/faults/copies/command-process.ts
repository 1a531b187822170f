import path from 'node:path';
import { runCommand } from '@/cli/run-command';

/** Runs a command as scripts/ask-next.mjs does. Bundled, it starts in a fraction of the time. */
process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  resolve: (file) => path.resolve(file),
  now: () => new Date(),
  print: console.log,
  complain: console.error,
});
