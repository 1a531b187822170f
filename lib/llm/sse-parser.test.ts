import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sseParser } from './sse-parser';

const utf8 = new TextEncoder();

function parse(...pieces: (string | Uint8Array)[]): string[] {
  const parser = sseParser();
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? utf8.encode(piece) : piece));
  return [...bytes.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

/** As three kinds of server wrote them down. */
const RECORDED = [
  'data: {"a":"häl"}\n\ndata: {"a":"😀"}\n\ndata: [DONE]\n\n',
  '\uFEFF: ping\r\n\r\nid: 1\r\nevent: message\r\ndata: {"a":1}\r\n\r\ndata: [DONE]\r\n\r\n',
  'data:one\rdata: two\r\rretry: 5\r\rdata: [DONE]\r\r',
  'data: first\n\ndata: no blank line follows',
];

test('the payload of each event is given, and comments and other fields are not', () => {
  expect(RECORDED.map((text) => parse(text))).toEqual([
    ['{"a":"häl"}', '{"a":"😀"}', '[DONE]'],
    ['{"a":1}', '[DONE]'],
    ['one\ntwo', '[DONE]'],
    ['first', 'no blank line follows'],
  ]);
});

test('a stream cut in two at any byte gives the same', () => {
  for (const text of RECORDED) {
    const bytes = utf8.encode(text);
    const whole = parse(bytes);
    for (let at = 0; at <= bytes.length; at += 1)
      expect(parse(bytes.subarray(0, at), bytes.subarray(at))).toEqual(whole);
  }
});

test('a stream cut anywhere into any number of pieces gives the same', () => {
  const line = fc.constantFrom('data: x', 'data:', 'data', ': c', '', 'data:  ü😀', 'datax: no');
  const end = fc.constantFrom('\n', '\r\n', '\r');
  const stream = fc.array(fc.tuple(line, end)).map((lines) => utf8.encode(lines.flat().join('')));
  fc.assert(
    fc.property(stream, fc.array(fc.nat(200)), (bytes, cuts) => {
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length];
      places.sort((a, b) => a - b);
      const pieces = places.slice(1).map((to, n) => bytes.subarray(places[n], to));
      expect(parse(...pieces)).toEqual(parse(bytes));
    }),
  );
});

test('an event is given as soon as its blank line is there', () => {
  const parser = sseParser();
  expect(parser.push(utf8.encode('data: x\r\n\r'))).toEqual(['x']);
  expect(parser.push(utf8.encode('\ndata: y\r\r'))).toEqual(['y']);
});

test.each([
  ['line', 'data: x', 'x'],
  ['event', 'data: x\n', 'data: x\n'],
])('an endless %s is given up instead of kept', (_, start, more) => {
  const parser = sseParser();
  const megabyte = utf8.encode(more.repeat((1024 * 1024) / more.length));
  parser.push(utf8.encode(start));
  expect(() => {
    for (let n = 0; n < 8; n += 1) parser.push(megabyte);
  }).toThrow(expect.objectContaining({ failure: { kind: 'upstream', reason: 'broken' } }));
});
