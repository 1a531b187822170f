import { expect, test } from 'vitest';
import { newestThird } from './newest-third';

const user = (content: string) => ({ role: 'user', content }) as const;
const reply = (content: string) => ({ role: 'assistant', content }) as const;

test('whole exchanges are kept from the newest back, a third of all by their length', () => {
  const all = [user('1'), reply('one'), user('2'), reply('two'), user('3'), reply('six')];
  expect(newestThird(all)).toEqual(all.slice(4));
  expect(newestThird([...all, user('4'), reply('a long reply')])).toEqual([]);
  expect(newestThird([user('a long question'), reply('one'), user('2'), reply('two')])).toEqual([
    user('2'),
    reply('two'),
  ]);
});

test('of nothing there is no third', () => {
  expect(newestThird([])).toBe(null);
  expect(newestThird([user('1'), reply('one')])).toEqual([]);
});
