import 'server-only';
import { examineWithin, sorted } from '@/cli/doctor/examine';
import type { Finding } from '@/cli/doctor/finding';
import { checkSettings } from '@/cli/doctor/settings';
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
  return sorted([...findings, ...(await examineWithin(env(), WITHIN_MS))]);
}
