import { expect, test } from 'vitest';
import { readAhead } from './read-ahead';

const encoder = new TextEncoder();
const event = (value: number) => `data: {"n":${String(value)}}\n\n`;
const valuesOf = (...numbers: number[]) => numbers.map((n) => ({ n }));

/** An answer whose chunks come when the test says so, each as a chunk of its own. */
function answer() {
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const read = readAhead(new ReadableStream({ start: (controller) => void (stream = controller) }));
  return {
    read,
    say: (...texts: string[]) => {
      for (const text of texts) stream?.enqueue(encoder.encode(text));
    },
    close: () => stream?.close(),
    breakOff: () => stream?.error(new Error('broken')),
  };
}

function frame() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = () => {
    resolve(undefined);
  };
  return { promise, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('chunks that arrive within a frame are one piece, and the first one waits for none', async () => {
  const { read, say } = answer();
  say(event(1));
  expect((await read(undefined)).values).toEqual(valuesOf(1));
  const { promise, end } = frame();
  const next = read(promise);
  say(event(2), event(3));
  await settled();
  say(event(4));
  await settled();
  end();
  expect((await next).values).toEqual(valuesOf(2, 3, 4));
});

test('after a frame without a chunk the next one comes at once', async () => {
  const { read, say } = answer();
  const { promise, end } = frame();
  const next = read(promise);
  end();
  await settled();
  say(event(1), event(2));
  expect((await next).values).toEqual(valuesOf(1));
  expect((await read(undefined)).values).toEqual(valuesOf(2));
});

test('the end of an answer waits for no frame', async () => {
  const { read, say, close } = answer();
  const next = read(frame().promise);
  say(event(1));
  close();
  expect(await next).toMatchObject({ values: valuesOf(1), done: true });
});

test('what came before a broken connection is given first', async () => {
  const { read, say, breakOff } = answer();
  const { promise, end } = frame();
  const next = read(promise);
  say(event(1));
  await settled();
  breakOff();
  await settled();
  end();
  expect((await next).values).toEqual(valuesOf(1));
  await expect(read(undefined)).rejects.toThrow('broken');
});

test('the last event of a broken connection may lack its line end', async () => {
  const { read, say, breakOff } = answer();
  say(event(1), event(2).trimEnd());
  await settled();
  expect((await read(undefined)).values).toEqual(valuesOf(1));
  expect((await read(undefined)).values).toEqual([]);
  breakOff();
  expect((await read(undefined)).values).toEqual(valuesOf(2));
  await expect(read(undefined)).rejects.toThrow('broken');
});

test('content that cannot be parsed fails after what came before it', async () => {
  const { read, say } = answer();
  const { promise, end } = frame();
  const next = read(promise);
  say(event(1), 'x'.repeat(5 * 1024 * 1024));
  await settled();
  end();
  expect((await next).values).toEqual(valuesOf(1));
  await expect(read(undefined)).rejects.toThrow('upstream: broken');
});

test('it stops reading ahead after 64 KiB', async () => {
  let pulled = 0;
  const read = readAhead(
    new ReadableStream({
      pull(stream) {
        pulled += 1;
        stream.enqueue(encoder.encode(`: ${'x'.repeat(1022)}\n`));
      },
    }),
  );
  const { promise, end } = frame();
  const next = read(promise);
  await settled();
  await settled();
  expect(pulled).toBeLessThan(70);
  end();
  expect((await next).bytes).toBeGreaterThanOrEqual(64 * 1024);
});
