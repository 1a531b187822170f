import { afterEach, expect, test, vi } from 'vitest';
import { readSse } from './read-sse';

afterEach(() => {
  vi.useRealTimers();
});

const headers = { 'Content-Type': 'text/event-stream' };

test('reads until a frame gives an outcome', async () => {
  const response = new Response('data: 1\n\ndata: 2\n\n', { headers });
  const read = await readSse(response, 1000, (frames) => frames.at(-1)?.data ?? null);
  expect(read).toBe('2');
});

test('after an hour of suspend an old connection is detected within seconds', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const silent = new Response(new ReadableStream<Uint8Array>(), { headers });
  const reading = readSse(silent, 50_000, () => null);
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(await reading).toBeNull();
});
