/**
 * Loaded into the app by NODE_OPTIONS: on SIGUSR2 it prints the active resources and the memory in use. Not the
 * resident memory, which keeps hundreds of megabytes of garbage that is collected already.
 */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const counts = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  const { heapUsed, external } = process.memoryUsage();
  const megabytes = Math.round((heapUsed + external) / 2 ** 20);
  process.stdout.write(`${JSON.stringify({ event: 'resources', megabytes, counts })}\n`);
});
