import { expect, test } from 'vitest';
import { newTurn, turnRegistry } from './turn-registry';
import { said } from '@/tests/setup/entries';

function open() {
  const frames: (() => void)[] = [];
  const registry = turnRegistry((draw) => frames.push(draw));
  let told = 0;
  registry.subscribe(() => (told += 1));
  return { registry, frames, told: () => told };
}

test('subscribers are notified of text once per frame', () => {
  const { registry, frames, told } = open();
  registry.add(newTurn('t', 's'));
  registry.record('t', { type: 'turn-start', requestId: 't' });
  const before = told();
  for (const text of ['a', 'b', 'c']) registry.record('t', { type: 'text-delta', text });
  expect([told() - before, frames.length]).toEqual([0, 1]);
  frames[0]?.();
  expect([told() - before, registry.text('t')]).toEqual([1, 'abc']);
});

test("a session's list is the same array while only text arrives", () => {
  const { registry, frames } = open();
  registry.add(newTurn('t', 's'));
  registry.record('t', { type: 'turn-start', requestId: 't' });
  const list = registry.of('s');
  registry.record('t', { type: 'text-delta', text: 'a' });
  frames[0]?.();
  expect(registry.of('s')).toBe(list);
  registry.change('t', { phase: 'lost' });
  expect(registry.of('s')).not.toBe(list);
});

test('a turn belongs to one session only', () => {
  const { registry } = open();
  registry.add(newTurn('a', 's1'));
  registry.add(newTurn('b', 's2'));
  registry.record('a', { type: 'text-delta', text: 'for s1' });
  expect(registry.of('s1').map(({ id }) => id)).toEqual(['a']);
  expect([registry.text('a'), registry.text('b')]).toEqual(['for s1', '']);
});

test('the end is notified at once and nothing follows it', () => {
  const { registry, told } = open();
  registry.add(newTurn('t', 's'));
  const before = told();
  const end = { state: 'complete', replyId: 'm', usage: null, failure: null } as const;
  registry.record('t', { type: 'turn-end', end });
  expect(told()).toBe(before + 1);
  registry.record('t', { type: 'text-delta', text: 'late' });
  expect([registry.get('t')?.phase, registry.text('t')]).toEqual(['ended', '']);
});

test('a removed turn is not written to', () => {
  const { registry } = open();
  registry.add(newTurn('t', 's'));
  registry.remove('t');
  registry.record('t', { type: 'text-delta', text: 'a' });
  expect([registry.get('t'), registry.text('t'), registry.of('s')]).toEqual([null, '', []]);
});

test('a continued reply keeps its text and waits for the first new token', () => {
  const { registry } = open();
  registry.add(
    { ...newTurn('t', 's'), continues: { requestId: 'a', key: 'a reply' } },
    said('Once'),
  );
  registry.record('t', { type: 'turn-start', requestId: 't' });
  expect([registry.text('t'), registry.get('t')?.phase]).toEqual(['Once', 'sending']);
  registry.record('t', { type: 'text-delta', text: ' upon' });
  expect([registry.text('t'), registry.get('t')?.phase]).toEqual(['Once upon', 'writing']);
});
