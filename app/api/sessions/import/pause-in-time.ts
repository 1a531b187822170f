import { setImmediate } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

/** Lets other requests run. Throws its reason when `until` has aborted. */
export async function pause(until: AbortSignal | null): Promise<void> {
  await setImmediate();
  until?.throwIfAborted();
}

/** The same, and throws `unreadable-file` when this has gone on for too long. */
export function pauseInTime(seconds: number, until: AbortSignal | null): () => Promise<void> {
  const end = performance.now() + seconds * 1000;
  return async () => {
    await pause(until);
    if (performance.now() > end)
      throw new AppError({ kind: 'unreadable-file', reason: 'time', limit: seconds });
  };
}
