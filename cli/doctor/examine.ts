import type { Env } from '@/lib/env';
import { checkClock } from './clock';
import { checkDatabase } from './database';
import { checkDisk } from './disk';
import { AREAS, finder, type Finding } from './finding';
import { checkProvider } from './provider';
import { checkProxy } from './proxy';
import { checkRedis } from './redis';
import { checkUpstream } from './upstream';

/** For the command and for the operator's page. */
const CHECKS: Partial<Record<Finding['area'], (settings: Env) => Promise<Finding[]>>> = {
  provider: checkProvider,
  database: checkDatabase,
  disk: checkDisk,
  upstream: checkUpstream,
  redis: checkRedis,
  clock: checkClock,
};

/** Looks at all that a server with these settings needs. `url`: where people reach it; null: the proxy is not looked at. */
export async function examine(settings: Env, url: URL | null): Promise<Finding[]> {
  const found = await Promise.all([
    ...Object.values(CHECKS).map((check) => check(settings)),
    ...(url ? [checkProxy(settings, url)] : []),
  ]);
  return found.flat();
}

/** The same without the proxy; what takes longer than `ms` milliseconds is a problem of its own. */
export async function examineWithin(settings: Env, ms: number): Promise<Finding[]> {
  const found = await Promise.all(
    Object.entries(CHECKS).map(([area, check]) =>
      Promise.race([check(settings), tookLonger(area as Finding['area'], ms)]),
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
