import 'server-only';
import { inspect } from '@/db/engine/health/inspect';
import { examineWithin, sorted } from '@/lib/doctor/examine';
import type { Finding } from '@/lib/doctor/finding';
import { checkSettings } from '@/lib/doctor/settings';
import { env, environment } from '@/lib/env';

/** People wait for it. */
const WITHIN_MS = 30_000;

let running: Promise<Finding[]> | null = null;

/** Runs the checks of `ask-next doctor` on this process, stored settings included. Concurrent requests share one run. */
export const examineServer = (): Promise<Finding[]> =>
  (running ??= examine().finally(() => {
    running = null;
  }));

async function examine(): Promise<Finding[]> {
  const { findings } = checkSettings(environment());
  return sorted([...findings, ...(await examineWithin({ settings: env(), inspect }, WITHIN_MS))]);
}
