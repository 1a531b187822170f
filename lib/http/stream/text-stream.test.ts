import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { textStream } from './text-stream';

/** A source that records how many pieces it produced, and whether it was cancelled. */
function counted(total: number, thrown?: { at: number; error: Error }) {
  const seen = { made: 0, left: false };
  async function* pieces(): AsyncGenerator<string> {
    try {
      for (let n = 0; n < total; n += 1) {
        await Promise.resolve();
        if (thrown?.at === n) throw thrown.error;
        seen.made += 1;
        yield `piece ${String(n)} `;
      }
    } finally {
      seen.left = true;
    }
  }
  return { seen, pieces };
}

const options = () => {
  const noted: Record<string, unknown>[] = [];
  return {
    noted,
    type: 'text/plain',
    until: null,
    annotate: (fields: Record<string, unknown>) => noted.push(fields),
  };
};

test('a piece is produced when the reader takes it, and none after the reader cancels', async () => {
  const { seen, pieces } = counted(1000);
  const reader = (await textStream(pieces(), options())).body?.getReader();
  for (let n = 0; n < 3; n += 1) await reader?.read();
  expect(seen).toEqual({ made: 3, left: false });
  await reader?.cancel();
  expect(seen).toEqual({ made: 3, left: true });
});

test('a long text arrives completely', async () => {
  const response = await textStream(counted(3).pieces(), options());
  expect(await response.text()).toBe('piece 0 piece 1 piece 2 ');
  expect(await (await textStream(counted(0).pieces(), options())).text()).toBe('');
});

test('what is thrown before the first piece is an answer of its own, later it breaks the answer', async () => {
  const error = new AppError({ kind: 'unavailable', reason: 'store', retryAfterSeconds: 5 });
  await expect(textStream(counted(2, { at: 0, error }).pieces(), options())).rejects.toBe(error);
  const given = options();
  const response = await textStream(counted(2, { at: 1, error }).pieces(), given);
  await expect(response.text()).rejects.toBe(error);
  expect(given.noted).toMatchObject([{ error: 'unavailable' }]);
});

test('when its request is no longer allowed, the stream breaks between two pieces', async () => {
  const { seen, pieces } = counted(1000);
  const { noted, ...rest } = options();
  const over = new AbortController();
  const reader = (await textStream(pieces(), { ...rest, until: over.signal })).body?.getReader();
  await reader?.read();
  const reading = reader?.read().then(() => reader.read());
  over.abort(new AppError({ kind: 'unauthenticated', reason: 'sign-in' }));
  await expect(reading).rejects.toThrow(AppError);
  await expect.poll(() => seen.left).toBe(true);
  expect(noted).toMatchObject([{ error: 'unauthenticated' }]);
  await expect(
    textStream(pieces(), { ...rest, until: AbortSignal.abort(new Error('late')) }),
  ).rejects.toThrow('late');
});
