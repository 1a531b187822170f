import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectWithin, timeOf } from '@/tests/setup/expect-within';
import { sseDecoder, type SseFrame } from './sse';

const decode = (...chunks: string[]): SseFrame[] => chunks.flatMap(sseDecoder());

test('a blank line completes an event', () => {
  expect(decode('id: 3\ndata: {"token":"abc"}\n\n')).toEqual([
    { id: '3', data: '{"token":"abc"}' },
  ]);
  expect(decode('data: half')).toEqual([]);
  expect(decode('data: half\n')).toEqual([]);
});

test('comments and unknown fields are skipped', () => {
  expect(decode(': waiting\n\nevent: x\nretry: 5\ndata: a\n\n')).toEqual([{ id: '', data: 'a' }]);
});

test('several data lines are one text', () => {
  expect(decode('data: a\ndata:b\ndata\n\n')).toEqual([{ id: '', data: 'a\nb\n' }]);
});

test('an id lasts until the next one', () => {
  expect(decode('id: 1\ndata: a\n\ndata: b\n\n').map(({ id }) => id)).toEqual(['1', '1']);
});

test('lines may end in LF, CRLF or CR', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = `id: 7${end}data: a${end}${end}data: b${end}${end}`;
    const got = decode(text, ': end\n\n');
    expect(got).toEqual([
      { id: '7', data: 'a' },
      { id: '7', data: 'b' },
    ]);
  }
});

test('a stream cut anywhere gives the same events', () => {
  const stream =
    ': hi\r\n\r\nid: 0\ndata: {"request_id":"r"}\n\nid: 2\rdata: 😀\r\rdata: z\r\n\r\n';
  const whole = decode(stream);
  expect(whole).toHaveLength(3);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
      const chunks = places.slice(1).map((end, index) => stream.slice(places[index], end));
      expect(decode(...chunks)).toEqual(whole);
    }),
  );
});

test('a line of megabytes in many small chunks costs linear time', async () => {
  const pieces = Array.from({ length: 8000 }, () => 'x'.repeat(1000));
  const read = () => Promise.resolve(decode('data: ', ...pieces, '\n\n'));
  expect((await read())[0]?.data).toHaveLength(8_000_000);
  await expectWithin(1000, () => timeOf(read));
});
