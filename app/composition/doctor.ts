import 'server-only';
import { examineWithin, sorted } from '@/cli/doctor/examine';
import type { Finding } from '@/cli/doctor/finding';
import { checkSettings } from '@/cli/doctor/settings';
import { env, environment } from '@/lib/env';

/** People wait for it. */
const WITHIN_MS = 30_000;

let running: Promise<Finding[]> | null = null;

/** What `ask-next doctor` would say of this process, with what operators set in the page. Whoever asks meanwhile shares it. */
export const examineServer = (): Promise<Finding[]> =>
  (running ??= examine().finally(() => {
    running = null;
  }));

async function examine(): Promise<Finding[]> {
  const { findings } = checkSettings(environment());
  return sorted([...findings, ...(await examineWithin(env(), WITHIN_MS))]);
}
