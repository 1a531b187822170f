import { setImmediate } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

/** Lets other requests run. Throws `unreadable-file` when this has gone on for too long. */
export function pauseInTime(seconds: number): () => Promise<void> {
  const end = performance.now() + seconds * 1000;
  return async () => {
    await setImmediate();
    if (performance.now() > end)
      throw new AppError({ kind: 'unreadable-file', reason: 'time', limit: seconds });
  };
}
