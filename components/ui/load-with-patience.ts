/** About a quarter of a minute: longer than a network is away for a moment. */
const PAUSES_MS = [1_000, 2_000, 3_000, 4_000, 5_000];

/** Tries until it comes; null when it does not: after a deployment an old page asks for files that are gone. */
export async function loadWithPatience<Value>(
  load: () => Promise<Value>,
  wait: (ms: number) => Promise<void>,
): Promise<Value | null> {
  for (const pause of [0, ...PAUSES_MS]) {
    if (pause > 0) await wait(pause);
    try {
      return await load();
    } catch {
      // The next try may find it.
    }
  }
  return null;
}
