/** Loaded into the app by NODE_OPTIONS: on SIGUSR2 it prints the active resources and the memory. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const counts = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  process.stdout.write(`${JSON.stringify({ event: 'resources', megabytes, counts })}\n`);
});
