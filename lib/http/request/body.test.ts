import { expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, type Failure } from '@/lib/errors';
import { parseInput, parseQuery, readJson, readOptionalJson } from './body';
import { bodyMax, bodyMaxOf, FILE_MAX } from './body-max';

const BODY_MAX = bodyMax(4000);

const post = (body: BodyInit, type = 'application/json') =>
  new Request('http://here/', { method: 'POST', body, headers: { 'Content-Type': type } });

async function failure(reading: () => unknown): Promise<Failure | null> {
  try {
    await reading();
    return null;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.failure;
    throw thrown;
  }
}

test('a JSON object is parsed, with its names and values unchanged', async () => {
  expect(await readJson(post('{"a":{"constructor":1},"é":"😀"}'))).toEqual({
    a: { constructor: 1 },
    é: '😀',
  });
  expect(await readJson(post('{}', 'application/merge-patch+json; charset=utf-8'))).toEqual({});
});

test.each([
  ['nothing', ''],
  ['half an object', '{"a":'],
  ['an array', '[]'],
  ['a word', '"message"'],
  ['null', 'null'],
  ['__proto__', '{"__proto__":{}}'],
  ['__proto__ further in', '{"a":[{"__proto__":1}]}'],
  ['nesting that overflows a stack', '['.repeat(BODY_MAX)],
  ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
])('a body of %s is invalid', async (_, body) => {
  expect(await failure(() => readJson(post(body)))).toMatchObject({ kind: 'invalid' });
});

test('JSON that is called something else is invalid, for the reason of the caller, and it is said what to call it', async () => {
  expect(await failure(() => readJson(post('{}', 'text/plain'), 'chat-body'))).toMatchObject({
    kind: 'invalid',
    reason: 'chat-body',
    details: [
      { loc: ['header', 'content-type'], msg: expect.stringContaining('application/json') },
    ],
  });
  expect(await failure(() => readJson(post('', 'text/plain'), 'chat-body'))).toEqual({
    kind: 'invalid',
    reason: 'chat-body',
  });
});

test.each([
  ['gzip', 'gzip'],
  ['BR', 'br'],
  ['gzip, br', undefined],
  ['<b>', undefined],
])('a body with Content-Encoding: %s is not read', async (encoding, named) => {
  const request = post('{}');
  request.headers.set('Content-Encoding', encoding);
  expect(await failure(() => readJson(request))).toEqual({
    kind: 'unsupported',
    ...(named !== undefined && { encoding: named }),
  });
});

test('a body with Content-Encoding: identity is accepted', async () => {
  const request = post('{"a":1}');
  request.headers.set('Content-Encoding', 'Identity');
  expect(await readJson(request)).toEqual({ a: 1 });
});

test.each([
  ['letters', 'x'],
  ['quotes', '"'],
  ['escaped emoji', '\\ud83c\\udf0a'],
])('a body has room for a message of 100,000 %s', (_, letter) => {
  const json = letter.startsWith('\\') ? letter : JSON.stringify(letter).slice(1, -1);
  expect(json.length * 100_000 + 1000).toBeLessThan(bodyMax(100_000));
});

test('the limit of 64 KB counts bytes, not characters', async () => {
  const ofBytes = (bytes: number) => post(`{"a":"${'é'.repeat((bytes - 8) / 2)}"}`);
  expect(await failure(() => readJson(ofBytes(BODY_MAX)))).toBeNull();
  expect(await failure(() => readJson(ofBytes(BODY_MAX + 2)))).toMatchObject({ kind: 'too-large' });
});

test('an empty optional body is an empty object, and a malformed one is invalid', async () => {
  expect(await readOptionalJson(new Request('http://here/', { method: 'POST' }))).toEqual({});
  expect(await readOptionalJson(post('{"a":1}'))).toEqual({ a: 1 });
  expect(await failure(() => readOptionalJson(post('{')))).toMatchObject({ kind: 'invalid' });
});

test('the error names every invalid field with its path', async () => {
  const schema = z.object({ a: z.string(), list: z.array(z.number()) });
  expect(await failure(() => parseInput(schema, { a: 1, list: [1, 'x'] }))).toMatchObject({
    kind: 'invalid',
    reason: 'fields',
    details: [
      { loc: ['a'], msg: expect.any(String), type: 'invalid_type' },
      { loc: ['list', 1], msg: expect.any(String), type: 'invalid_type' },
    ],
  });
});

test('a query is parsed like a body', async () => {
  const schema = z.object({ limit: z.coerce.number().max(100) });
  expect(parseQuery(schema, new Request('http://here/?limit=7'))).toEqual({ limit: 7 });
  expect(
    await failure(() => parseQuery(schema, new Request('http://here/?limit=700'))),
  ).toMatchObject({ details: [{ loc: ['limit'] }] });
});

test.each([
  ['/api/chat', 64 * 1024],
  ['/v1/models', 64 * 1024],
  ['/v1/chat/completions', bodyMax(120_000)],
  ['/api/sessions/import', FILE_MAX],
])('%s takes bodies of at most %i bytes', (path, bytes) => {
  expect(bodyMaxOf(path, { message: 4000, prompt: 120_000 })).toBe(bytes);
});

test('no body is longer than a file, however long a prompt may be', () => {
  const longest = { message: 4000, prompt: 10_000_000 };
  expect(bodyMaxOf('/v1/chat/completions', longest)).toBe(FILE_MAX);
});
