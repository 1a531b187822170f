import { expect, test } from 'vitest';
import { insert, titled, movedToTop, without } from './session-list';

const session = (id: string, day: number) => ({
  id,
  title: null,
  opening: null,
  lastActivity: `2026-11-${String(day)}T12:00:00+00:00`,
});
const LIST = [session('c', 23), session('b', 20), session('a', 11)];
const ids = (sessions: readonly { id: string }[]) => sessions.map(({ id }) => id).join('');

test('a session is inserted by its last activity', () => {
  expect(ids(insert(LIST, session('x', 21)))).toBe('cxba');
  expect(ids(insert(LIST, session('x', 10)))).toBe('cbax');
  expect(ids(insert(LIST, session('a', 24)))).toBe('acb');
});

test('activity moves a session up and names it by its first words', () => {
  const list = movedToTop(LIST, 'a', 'Hello', '2026-11-24T00:00:00Z');
  expect(ids(list)).toBe('acb');
  expect(list[0]?.opening).toBe('Hello');
  expect(movedToTop(list, 'a', 'Again', '2026-11-25T00:00:00Z')[0]?.opening).toBe('Hello');
});

test('an unlisted session changes nothing', () => {
  expect(movedToTop(LIST, 'x', 'Hello', '2026-11-24T00:00:00Z')).toBe(LIST);
});

test('renaming and removing affect one session', () => {
  const titles = new Map([['b', 'New']]);
  expect(LIST.map((row) => titled(row, titles).title)).toEqual([null, 'New', null]);
  expect(ids(without(LIST, 'b'))).toBe('ca');
});
