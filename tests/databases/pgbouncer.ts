import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from '../programs/find-program';
import { freePort } from '../programs/free-port';
import { accountForRoot } from './account-for-root';

/** The path of this machine's pgbouncer; null if not installed. */
export const PGBOUNCER = findProgram('pgbouncer');

/** Starts PgBouncer in transaction mode before a Postgres, with so many connections for all clients. */
export async function startPgBouncer(
  postgres: string,
  connections = 2,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const { hostname, port: server, username } = new URL(postgres);
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-pgbouncer-'));
  const port = await freePort();
  const file = path.join(folder, 'pgbouncer.ini');
  const options = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: 'transaction',
    default_pool_size: connections,
    max_client_conn: 1000,
  };
  const lines = Object.entries(options).map(([name, value]) => `${name} = ${String(value)}`);
  const target = `* = host=${hostname} port=${server} user=${username}`;
  writeFileSync(file, ['[databases]', target, '[pgbouncer]', ...lines, ''].join('\n'));
  const account = accountForRoot();
  if (account) for (const each of [folder, file]) chownSync(each, account.uid, account.gid);
  chmodSync(folder, 0o755);
  const child = spawn(PGBOUNCER ?? '', [file], {
    cwd: folder,
    ...account,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      if (line.includes('process up')) resolve();
    });
    child.on('error', reject);
    void ended.then(() => {
      reject(new Error(`PgBouncer ended:\n${said.join('\n')}`));
    });
  });
  return {
    url: `postgres://${username}@127.0.0.1:${String(port)}`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
