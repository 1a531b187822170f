/** 15 seconds in total, longer than a short network outage. */
const PAUSES_MS = [1_000, 2_000, 3_000, 4_000, 5_000];

/**
 * Loads with retries. Resolves to null when all fail: after a deployment an old page requests files that no longer
 * exist.
 */
export async function loadWithRetries<Value>(
  load: () => Promise<Value>,
  wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
): Promise<Value | null> {
  for (const pause of [0, ...PAUSES_MS]) {
    if (pause > 0) await wait(pause);
    try {
      return await load();
    } catch {
      // Retry.
    }
  }
  return null;
}
