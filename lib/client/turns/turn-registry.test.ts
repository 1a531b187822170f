import { expect, test } from 'vitest';
import { newTurn, turnRegistry } from './turn-registry';

function open() {
  const frames: (() => void)[] = [];
  const book = turnRegistry((draw) => frames.push(draw));
  let told = 0;
  book.subscribe(() => (told += 1));
  return { book, frames, told: () => told };
}

test('subscribers are notified of text once per frame', () => {
  const { book, frames, told } = open();
  book.add(newTurn('t', 's'));
  book.record('t', { type: 'turn-start', requestId: 't' });
  const before = told();
  for (const text of ['a', 'b', 'c']) book.record('t', { type: 'text-delta', text });
  expect([told() - before, frames.length]).toEqual([0, 1]);
  frames[0]?.();
  expect([told() - before, book.text('t')]).toEqual([1, 'abc']);
});

test("a session's list is the same array while only text arrives", () => {
  const { book, frames } = open();
  book.add(newTurn('t', 's'));
  book.record('t', { type: 'turn-start', requestId: 't' });
  const list = book.of('s');
  book.record('t', { type: 'text-delta', text: 'a' });
  frames[0]?.();
  expect(book.of('s')).toBe(list);
  book.change('t', { phase: 'lost' });
  expect(book.of('s')).not.toBe(list);
});

test('a turn belongs to one session only', () => {
  const { book } = open();
  book.add(newTurn('a', 's1'));
  book.add(newTurn('b', 's2'));
  book.record('a', { type: 'text-delta', text: 'for s1' });
  expect(book.of('s1').map(({ id }) => id)).toEqual(['a']);
  expect([book.text('a'), book.text('b')]).toEqual(['for s1', '']);
});

test('the end is notified at once and nothing follows it', () => {
  const { book, told } = open();
  book.add(newTurn('t', 's'));
  const before = told();
  const end = { state: 'complete', replyId: 'm', usage: null, failure: null } as const;
  book.record('t', { type: 'turn-end', end });
  expect(told()).toBe(before + 1);
  book.record('t', { type: 'text-delta', text: 'late' });
  expect([book.get('t')?.phase, book.text('t')]).toEqual(['ended', '']);
});

test('a removed turn is not written to', () => {
  const { book } = open();
  book.add(newTurn('t', 's'));
  book.remove('t');
  book.record('t', { type: 'text-delta', text: 'a' });
  expect([book.get('t'), book.text('t'), book.of('s')]).toEqual([null, '', []]);
});

test('a continued reply keeps its text and waits for the first new token', () => {
  const { book } = open();
  book.add({ ...newTurn('t', 's'), continues: { requestId: 'a', key: 'a reply' } }, 'Once');
  book.record('t', { type: 'turn-start', requestId: 't' });
  expect([book.text('t'), book.get('t')?.phase]).toEqual(['Once', 'sending']);
  book.record('t', { type: 'text-delta', text: ' upon' });
  expect([book.text('t'), book.get('t')?.phase]).toEqual(['Once upon', 'writing']);
});
