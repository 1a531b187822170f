import { expect, test } from 'vitest';
import { newestThird } from './newest-third';

const user = (content: string) => ({ role: 'user', content }) as const;
const reply = (content: string) => ({ role: 'assistant', content }) as const;

test('keeps the newest whole exchanges, up to a third of the total length', () => {
  const all = [user('1'), reply('one'), user('2'), reply('two'), user('3'), reply('six')];
  expect(newestThird(all)).toEqual(all.slice(4));
  expect(newestThird([...all, user('4'), reply('a long reply')])).toEqual([]);
  expect(newestThird([user('a long question'), reply('one'), user('2'), reply('two')])).toEqual([
    user('2'),
    reply('two'),
  ]);
});

test('returns null without messages', () => {
  expect(newestThird([])).toBe(null);
  expect(newestThird([user('1'), reply('one')])).toEqual([]);
});
