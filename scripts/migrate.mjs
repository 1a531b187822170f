/** `npm run migrate`: applies migrations without serving. The server also applies them at start. */
import { migrate } from '../db/engine/migrate.ts';
import { readEnv } from '../lib/env.ts';
import { loadEnvFilesOrEnd } from './steps/env/env-files.mjs';

loadEnvFilesOrEnd('production');
try {
  const { DATABASE } = readEnv(process.env);
  await migrate(DATABASE);
  console.log(`The database (${DATABASE.dialect}) is up to date.`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
