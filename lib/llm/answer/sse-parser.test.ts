import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DONE, sseParser } from './sse-parser';

const utf8 = new TextEncoder();

function parse(...pieces: (string | Uint8Array)[]): unknown[] {
  const parser = sseParser();
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? utf8.encode(piece) : piece));
  return [...bytes.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

/** Recorded responses of servers and proxies, and their values. */
const RECORDED: [name: string, text: string, values: unknown[]][] = [
  [
    'plain',
    'data: {"a":"häl"}\n\ndata: {"a":"😀"}\n\ndata: [DONE]\n\n',
    [{ a: 'häl' }, { a: '😀' }, DONE],
  ],
  [
    'with other fields, comments and CRLF',
    '\uFEFF: ping\r\n\r\nid: 1\r\nevent: message\r\ndata: {"a":1}\r\n\r\ndata: [DONE]\r\n\r\n',
    [{ a: 1 }, DONE],
  ],
  ['with CR alone', 'data:{"a":1}\rretry: 5\r\rdata: [DONE]\r\r', [{ a: 1 }, DONE]],
  ['without a blank line at the end', 'data: {"a":1}\n\ndata: {"a":2}', [{ a: 1 }, { a: 2 }]],
  ['of one event on many lines', 'data: {\ndata:   "a": [\ndata: {}]\ndata: }\n\n', [{ a: [{}] }]],
  [
    'with one line feed',
    'data: {"a":1}\ndata: {"a":2}\ndata: [DONE]\n',
    [{ a: 1 }, { a: 2 }, DONE],
  ],
  ['with one line feed after a broken event', 'data: {oops}\ndata: {"a":2}\n', [{ a: 2 }]],
  ['with a doubled field name', 'data: data: {"a":1}\n\ndata: data: [DONE]\n\n', [{ a: 1 }, DONE]],
  ['with what cannot be read', 'data: {oops\n\ndata: {"a":1}\n\n', [{ a: 1 }]],
  ['with an error event', 'event: error\ndata: {"message":"x"}\n\n', [{ error: { message: 'x' } }]],
  ['with an error in OpenAI’s shape', 'event: error\ndata: {"error":{}}\n\n', [{ error: {} }]],
  [
    'with an error of words',
    'event: error\ndata: oh no\n\ndata: {"a":1}\n\n',
    [{ error: {} }, { a: 1 }],
  ],
  [
    'with an error line',
    'error: {"code":500}\n\ndata: {"a":1}\n\n',
    [{ error: { code: 500 } }, { a: 1 }],
  ],
  ['with an object between events', 'data: {"a":1}\n\n{"error":1}\n\n', [{ a: 1 }, { error: 1 }]],
  ['that is one JSON text', '{"a":1}', [{ a: 1 }]],
  ['that is JSON on many lines', '\n{\n  "a": [\n\n    {}\n  ]\n}\n', [{ a: [{}] }]],
  ['that is one JSON text on each line', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
];

test.each(RECORDED)('a response %s is parsed, also when split at any byte', (_, text, values) => {
  const bytes = utf8.encode(text);
  for (let at = 0; at <= bytes.length; at += 1)
    expect(parse(bytes.subarray(0, at), bytes.subarray(at))).toEqual(values);
});

test('a stream split anywhere into any number of pieces gives the same values', () => {
  const field = fc.constantFrom(
    'data',
    'data: ',
    'data: data:',
    'event: error',
    'error: ',
    '',
    ': ',
  );
  const value = fc.constantFrom('{"a":"ü😀"}', '{"a":', '1}', '[DONE]', 'x', '');
  const end = fc.constantFrom('\n', '\r\n', '\r');
  const stream = fc
    .array(fc.tuple(field, value, end))
    .map((lines) => utf8.encode(lines.flat().join('')));
  fc.assert(
    fc.property(stream, fc.array(fc.nat(200)), (bytes, cuts) => {
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length];
      places.sort((a, b) => a - b);
      const pieces = places.slice(1).map((to, n) => bytes.subarray(places[n], to));
      expect(parse(...pieces)).toEqual(parse(bytes));
    }),
  );
});

test('the value of a line is returned as soon as the line is complete', () => {
  const parser = sseParser();
  expect(parser.push(utf8.encode('data: {"a":1}\r'))).toEqual([{ a: 1 }]);
  expect(parser.push(utf8.encode('\ndata: [DONE]\n'))).toEqual([DONE]);
});

test('HTML is detected by its first character, before the first line ends', () => {
  expect(() => parse('\n <html><body>')).toThrow(
    expect.objectContaining({ failure: { kind: 'upstream', reason: 'broken' } }),
  );
});

test.each([
  ['line', 'data: x', 'x'],
  ['event', 'data: x\n', 'data: x\n'],
  ['JSON text', '{\n', '1,\n'],
])('an endless %s fails instead of filling the memory', (_, start, more) => {
  const parser = sseParser();
  const megabyte = utf8.encode(more.repeat((1024 * 1024) / more.length));
  parser.push(utf8.encode(start));
  expect(() => {
    for (let n = 0; n < 8; n += 1) parser.push(megabyte);
  }).toThrow(expect.objectContaining({ failure: { kind: 'upstream', reason: 'broken' } }));
});
