import { expect, test } from 'vitest';
import { jsonValues, type JsonValue } from './json-values';
import { LIMITS } from './limits';

const bytes = (text: string) => new TextEncoder().encode(text);

async function* inChunks(whole: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size)
    yield await Promise.resolve(whole.subarray(at, at + size));
}

async function read(whole: Uint8Array | string, size = 64 * 1024): Promise<JsonValue[]> {
  const values: JsonValue[] = [];
  const chunks = inChunks(typeof whole === 'string' ? bytes(whole) : whole, size);
  for await (const value of jsonValues(chunks)) values.push(value);
  return values;
}

test.each([1, 2, 7, 1000])('reads a document in chunks of %i bytes', async (size) => {
  const array = [{ a: 'ü🙂', b: [1, { c: null }] }, 'text', 3, [], {}];
  expect(await read(JSON.stringify(array), size)).toEqual(
    array.map((value, key) => ({ list: null, key, value })),
  );
  const session = { id: 'x', messages: [{ n: 1 }, { n: 2 }] };
  const file = { format: 'f', version: 1, sessions: [session, {}], last: true };
  expect(await read(JSON.stringify(file), size)).toEqual([
    { list: null, key: 'format', value: 'f' },
    { list: null, key: 'version', value: 1 },
    { list: 'sessions', key: 0, value: session },
    { list: 'sessions', key: 1, value: {} },
    expect.objectContaining({ list: null, key: 'sessions' }),
    { list: null, key: 'last', value: true },
  ]);
});

test('__proto__ is a name like any other', async () => {
  const [found] = await read('[{"__proto__": {"polluted": 1}}]');
  expect(Object.getPrototypeOf(found?.value)).toBe(Object.prototype);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test.each([
  ['', 'unknown'],
  ['[{"a": 1}, {"b"', 'cut-off'],
  ['[', 'cut-off'],
  ['[1] [2]', 'not-json'],
  ['{"a": undefined}', 'not-json'],
  ['# Session', 'not-json'],
  ['['.repeat(100_000), 'depth'],
  [`{"a":${'{"a":'.repeat(100_000)}`, 'depth'],
])('refuses %.20s', async (text, reason) => {
  await expect(read(text)).rejects.toMatchObject({ failure: { kind: 'unreadable-file', reason } });
});

test.each([[[0x5b, 0x22, 0xff, 0x22, 0x5d]], [[0x5b, 0x22, 0xc3]]])(
  'refuses bytes that are not UTF-8',
  async (broken) => {
    await expect(read(Uint8Array.from(broken))).rejects.toMatchObject({
      failure: { reason: 'not-utf8' },
    });
  },
);

test('limits one conversation, in bytes and in values, but not how many there are', async () => {
  const limits = { ...LIMITS, conversation: 1000, values: 100 };
  const reading = async (text: string) => {
    let count = 0;
    for await (const _ of jsonValues(inChunks(bytes(text), 100), limits)) count += 1;
    return count;
  };
  expect(await reading(`[${'"x",'.repeat(5000)}0]`)).toBe(5001);
  await expect(reading(`["${'x'.repeat(2000)}"]`)).rejects.toMatchObject({
    failure: { reason: 'conversation' },
  });
  await expect(reading(`[[${'[],'.repeat(150)}[]]]`)).rejects.toMatchObject({
    failure: { reason: 'values', limit: 100 },
  });
});
