/** Loaded into the program by NODE_OPTIONS: on SIGUSR2 it says what keeps its event loop busy, and its memory. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const counts = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  process.stdout.write(`${JSON.stringify({ event: 'resources', megabytes, counts })}\n`);
});
