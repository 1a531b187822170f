const STILL_AT_IT_MS = 20_000;

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs `work` and prints its name, progress while it takes long, and its duration. */
export async function withProgress(sentence, work) {
  const startedAt = Date.now();
  console.log(`${sentence} …`);
  const reminder = setInterval(
    () => console.log(`  still running, ${seconds(startedAt)}`),
    STILL_AT_IT_MS,
  );
  const result = await work();
  clearInterval(reminder);
  console.log(`  ${seconds(startedAt)}`);
  return result;
}
