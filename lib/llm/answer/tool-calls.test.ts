import { expect, test } from 'vitest';
import { toolCalls } from './tool-calls';

const read = (...deltas: object[][]) => {
  let ids = 0;
  const calls = toolCalls(() => `made-${String((ids += 1))}`);
  for (const tool_calls of deltas) calls.read({ delta: { tool_calls } });
  return calls.take().map(({ id, name, arguments: given }) => [id, name, given]);
};
const call = (name: string, given: unknown) => ({ name, arguments: given });

test.each<readonly [string, object[][], string[][]]>([
  [
    'in pieces, with the id first',
    [
      [{ index: 0, id: 'a', function: call('one', '') }],
      [{ index: 0, function: { arguments: '{"x"' } }],
      [{ index: 0, function: { arguments: ':1}' } }],
    ],
    [['a', 'one', '{"x":1}']],
  ],
  [
    'with the id in each piece',
    [
      [{ index: 0, id: 'a', function: call('one', '{') }],
      [{ index: 0, id: 'a', function: call('', '}') }],
    ],
    [['a', 'one', '{}']],
  ],
  [
    'whole, all with the same index',
    [
      [{ index: 0, id: 'a', function: call('one', '{}') }],
      [{ index: 0, id: 'b', function: call('two', '{}') }],
    ],
    [
      ['a', 'one', '{}'],
      ['b', 'two', '{}'],
    ],
  ],
  [
    'whole, without index and id, the arguments as an object or missing',
    [[{ function: call('one', { x: 1 }) }, { function: { name: 'two' } }]],
    [
      ['made-1', 'one', '{"x":1}'],
      ['made-2', 'two', '{}'],
    ],
  ],
  ['nothing that is a call', [[{}, { index: 0 }, { function: null }]], []],
])('calls come %s', (_, deltas, expected) => {
  expect(read(...deltas)).toEqual(expected);
});

test('calls that do not end break the answer off', () => {
  const calls = toolCalls();
  const piece = { index: 0, function: call('one', 'x'.repeat(600_000)) };
  calls.read({ delta: { tool_calls: [piece] } });
  expect(() => {
    calls.read({ delta: { tool_calls: [piece] } });
  }).toThrow('upstream: broken');
});
