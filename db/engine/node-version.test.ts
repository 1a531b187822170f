import { expect, test } from 'vitest';
import { checkNodeForSqlite } from './node-version';

test('a Node that SQLite would crash on is named, and a newer one is let through', () => {
  expect(() => {
    checkNodeForSqlite('20.20.2');
  }).toThrow('SQLite needs Node 22 or newer, and this is 20.20.2');
  expect(checkNodeForSqlite('22.0.0')).toBeUndefined();
  expect(checkNodeForSqlite()).toBeUndefined();
});
