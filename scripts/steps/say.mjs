const STILL_AT_IT_MS = 20_000;

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Says what is done, that it goes on, and how long it took. */
export async function saying(sentence, work) {
  const startedAt = Date.now();
  console.log(`${sentence} …`);
  const reminder = setInterval(
    () => console.log(`  still at it, ${seconds(startedAt)}`),
    STILL_AT_IT_MS,
  );
  const result = await work();
  clearInterval(reminder);
  console.log(`  ${seconds(startedAt)}`);
  return result;
}
