import type { Env } from '@/lib/env';
import { checkClock } from './clock';
import { checkDatabase, type Inspect } from './database';
import { checkDisk } from './disk';
import { AREAS, finder, type Finding } from './finding';
import { checkProvider } from './provider';
import { checkProxy } from './proxy';
import { checkRedis } from './redis';
import { checkUpstream } from './upstream';

/** What the doctor examines: settings, and ways to reach the database and the upstream. */
interface Server {
  readonly settings: Env;
  readonly inspect: Inspect;
}

type Check = (server: Server) => Promise<Finding[]>;

/** For the command and for the operator's page. */
const CHECKS: Partial<Record<Finding['area'], Check>> = {
  provider: ({ settings }) => checkProvider(settings),
  database: ({ settings, inspect }) => checkDatabase(settings, inspect),
  disk: ({ settings }) => checkDisk(settings),
  upstream: ({ settings }) => checkUpstream(settings),
  redis: ({ settings }) => checkRedis(settings),
  clock: ({ settings }) => checkClock(settings),
};

/**
 * Examines everything that a server with these settings needs. `url`: where people reach it; null: the proxy is not
 * looked at.
 */
export async function examine(server: Server, url: URL | null): Promise<Finding[]> {
  const found = await Promise.all([
    ...Object.values(CHECKS).map((check) => check(server)),
    ...(url ? [checkProxy(server.settings, url)] : []),
  ]);
  return found.flat();
}

/** The same without the proxy; what takes longer than `ms` milliseconds is a problem of its own. */
export async function examineWithin(server: Server, ms: number): Promise<Finding[]> {
  const found = await Promise.all(
    Object.entries(CHECKS).map(([area, check]) =>
      Promise.race([check(server), tookLonger(area as Finding['area'], ms)]),
    ),
  );
  return found.flat();
}

const tookLonger = (area: Finding['area'], ms: number): Promise<Finding[]> =>
  new Promise((resolve) => {
    const says = `It did not answer within ${String(ms / 1000)} seconds.`;
    setTimeout(() => {
      resolve([finder(area).problem(says)]);
    }, ms).unref();
  });

/** In the order of their areas. */
export const sorted = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => AREAS.indexOf(a.area) - AREAS.indexOf(b.area));
