import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMPILE_CACHE, startApp } from '../programs/app';

/**
 * Fills the cache of compiled code, once for each build: a process writes it when it ends in peace, and tests kill
 * theirs. Without it each start takes a fifth more of the processor's time.
 */
export async function setup(): Promise<void> {
  const filled = path.join(COMPILE_CACHE, 'filled-for');
  const build = readFileSync('.next/BUILD_ID', 'utf8');
  if (existsSync(filled) && readFileSync(filled, 'utf8') === build) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-warm-'));
  const app = await startApp({ DATABASE_URI: `sqlite://${folder}/app.db`, ACCESS: 'open' });
  for (const page of ['/', '/api/sessions']) await fetch(app.url + page);
  await app.stop();
  writeFileSync(filled, build);
  rmSync(folder, { recursive: true });
}
