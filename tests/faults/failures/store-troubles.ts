import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { startPostgres } from '../../databases/postgres-server';

/** A store with a fault that a test can inject and end while the app runs. */
export interface TroubledStore {
  readonly uri: string;
  begin(pid: number): Promise<void>;
  end(pid: number): Promise<void>;
  remove(): Promise<void>;
}

export interface Trouble {
  readonly name: string;
  /** False where this machine cannot inject it. */
  readonly possible: boolean;
  /** The minimum duration of the fault in ms. */
  readonly ms: number;
  open(): Promise<TroubledStore>;
}

const folder = () => mkdtempSync(path.join(tmpdir(), 'ask-next-trouble-'));
const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const run = (command: string, ...args: string[]) => execFileSync(command, args);

const sqlite = (
  place: string,
  { begin, end, remove }: Record<'begin' | 'end', (pid: number) => void> & { remove?: () => void },
): Promise<TroubledStore> =>
  Promise.resolve({
    uri: `sqlite://${place}/app.db`,
    begin: (pid) => Promise.resolve(begin(pid)),
    end: (pid) => Promise.resolve(end(pid)),
    remove: () => {
      remove?.();
      rmSync(place, { recursive: true, force: true });
      return Promise.resolve();
    },
  });

const locked: Trouble = {
  name: 'a SQLite file that another process has locked',
  possible: true,
  ms: 10_000,
  open() {
    const place = folder();
    let locker: Sqlite.Database | undefined;
    return sqlite(place, {
      begin() {
        locker = new Sqlite(path.join(place, 'app.db'));
        locker.exec('BEGIN EXCLUSIVE');
      },
      end: () => locker?.close(),
    });
  },
};

const TMPFS = ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs'];

function canMount(): boolean {
  const place = folder();
  const mounted = works('mount', ...TMPFS, place);
  if (mounted) run('umount', place);
  rmSync(place, { recursive: true });
  return mounted;
}

const full: Trouble = {
  name: 'a disk that is full (needs the right to mount)',
  possible: canMount(),
  ms: 3000,
  open() {
    const place = folder();
    run('mount', ...TMPFS, place);
    const filler = path.join(place, 'filler');
    return sqlite(place, {
      begin() {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(4096));
        } catch {
          // The disk is full now.
        }
      },
      end: () => {
        rmSync(filler);
      },
      remove: () => run('umount', place),
    });
  },
};

const limited: Trouble = {
  name: 'a file that may not grow (needs prlimit)',
  possible: works('prlimit', '--version'),
  ms: 3000,
  open() {
    const place = folder();
    const limit = (pid: number, bytes: string) =>
      run('prlimit', `--pid=${String(pid)}`, `--fsize=${bytes}:`);
    return sqlite(place, {
      begin: (pid) => limit(pid, String(statSync(path.join(place, 'app.db-wal')).size)),
      end: (pid) => limit(pid, 'unlimited'),
    });
  },
};

const restarting: Trouble = {
  name: 'a PostgreSQL that is stopped and started again',
  possible: true,
  ms: 5000,
  async open() {
    const server = await startPostgres();
    return {
      uri: `${server.url}/postgres`,
      begin: () => server.stop(),
      end: () => server.start(),
      remove: () => server.remove(),
    };
  },
};

const tables: Trouble = {
  name: 'a PostgreSQL whose tables somebody has locked',
  possible: true,
  ms: 3000,
  async open() {
    const server = await startPostgres();
    const uri = `${server.url}/postgres`;
    const locker = new pg.Client({ connectionString: uri });
    return {
      uri,
      async begin() {
        await locker.connect();
        // A transaction of the app may hold one of them and want another: then this one may have to give way.
        while (!(await lockAll(locker))) await locker.query('rollback');
      },
      end: () => locker.end(),
      remove: () => server.remove(),
    };
  },
};

const DEADLOCK = '40P01';

/** False when Postgres ended it to resolve a deadlock. */
async function lockAll(locker: pg.Client): Promise<boolean> {
  try {
    await locker.query('begin; lock table sessions, messages, turns in access exclusive mode');
    return true;
  } catch (thrown) {
    if (thrown instanceof pg.DatabaseError && thrown.code === DEADLOCK) return false;
    throw thrown;
  }
}

export const TROUBLES: readonly Trouble[] = [locked, full, limited, restarting, tables];
