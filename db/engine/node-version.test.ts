import { expect, test } from 'vitest';
import { checkNodeForSqlite } from './node-version';

test('a Node version that crashes SQLite is refused by name, and a newer one is accepted', () => {
  expect(() => {
    checkNodeForSqlite('20.20.2');
  }).toThrow('SQLite needs Node 22 or newer, and this is 20.20.2');
  expect(checkNodeForSqlite('22.0.0')).toBeUndefined();
  expect(checkNodeForSqlite()).toBeUndefined();
});
