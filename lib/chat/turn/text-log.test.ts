import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textLog } from './text-log';

test('since returns all text from an offset on, wherever batches were taken', () => {
  const step = fc.oneof(fc.string({ minLength: 1 }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(step), fc.nat(40), (steps, offset) => {
      const log = textLog();
      let whole = '';
      for (const text of steps) {
        if (text === null) log.takeBatch();
        else {
          log.append(text);
          whole += text;
        }
      }
      expect(log.since(offset)).toBe(whole.slice(offset));
      expect(log.length()).toBe(whole.length);
    }),
  );
});

test('batches add up to the text, each at its offset, and none is empty', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string({ minLength: 1 }))), (rounds) => {
      const log = textLog();
      let stored = '';
      for (const round of rounds) {
        for (const text of round) log.append(text);
        const batch = log.takeBatch();
        expect(batch === null).toBe(round.length === 0);
        if (!batch) continue;
        expect(batch.offset).toBe(stored.length);
        stored += batch.text;
      }
      expect(stored).toBe(rounds.flat().join(''));
    }),
  );
});

test('after a cut appending goes on from there, and the next batch is the whole text', () => {
  const log = textLog();
  log.append('a plan');
  log.takeBatch();
  log.append(' and more');
  log.cut(2);
  expect([log.length(), log.since(0), log.since(5)]).toEqual([2, 'a ', '']);
  log.append('b');
  log.cut(9);
  expect(log.takeBatch()).toEqual({ offset: 0, text: 'a b', replaces: true });
  log.append('c');
  expect(log.takeBatch()).toEqual({ offset: 3, text: 'c' });
  log.cut(0);
  expect(log.takeBatch()).toEqual({ offset: 0, text: '', replaces: true });
  log.append('d');
  expect([log.since(0), log.takeBatch()]).toEqual(['d', { offset: 0, text: 'd' }]);
});
