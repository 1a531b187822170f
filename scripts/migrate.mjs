/** `npm run migrate`: brings the database up to date without serving. The server does the same as it starts. */
import nextEnv from '@next/env';
import { loadTypeScript } from './load-typescript.mjs';

nextEnv.loadEnvConfig(process.cwd());
loadTypeScript();
const { readEnv } = await import('../lib/env.ts');
const { migrate } = await import('../db/migrate.ts');

try {
  const { DATABASE } = readEnv(process.env);
  await migrate(DATABASE);
  console.log(`The database (${DATABASE.dialect}) is up to date.`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
