import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { RunningApp } from '../../programs/app';

/** The configuration of an app that counts its resources. A URL, since a blank would end a path in NODE_OPTIONS. */
export const COUNTING = {
  NODE_OPTIONS: `--expose-gc --import=${pathToFileURL(path.resolve('tests/faults/load/count-resources.mjs')).href}`,
};

export interface Resources {
  readonly megabytes: number;
  readonly counts: Record<string, number>;
}

/** What an app started with `COUNTING` holds now, after a garbage collection. */
export async function resourcesOf(app: RunningApp): Promise<Resources> {
  const printed = () => app.logged().filter(({ event }) => event === 'resources');
  const before = printed().length;
  app.process.kill('SIGUSR2');
  await expect.poll(() => printed().length, { interval: 5 }).toBeGreaterThan(before);
  return printed().at(-1) as unknown as Resources;
}

export const megabytesOf = async (app: RunningApp): Promise<number> =>
  (await resourcesOf(app)).megabytes;
