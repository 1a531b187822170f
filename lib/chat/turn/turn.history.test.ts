import { expect, test } from 'vitest';
import { sendInput } from './turn';

const said = { role: 'user', content: 'hi' };
const accepts = (body: object) => sendInput.safeParse({ message: 'hello', ...body }).success;

test('a send without a session may bring its history, one with a session may not', () => {
  expect(accepts({ history: [said, { role: 'assistant', content: 'hello' }] })).toBe(true);
  expect(accepts({ history: [], session_id: '' })).toBe(true);
  expect(accepts({ history: [said], session_id: 's' })).toBe(false);
});

test.each([
  ['a text', 'hi'],
  ['another role', [{ role: 'system', content: 'x' }]],
  ['U+0000', [{ role: 'user', content: '\0' }]],
  ['more than a hundred messages', Array.from({ length: 101 }, () => said)],
])('%s is no history', (_, history) => {
  expect(accepts({ history })).toBe(false);
});
