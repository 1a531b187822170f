import { expect, test } from 'vitest';
import { loginOf, signUpInput } from './person';

test('names that look the same are one account', () => {
  expect(loginOf(' Ann@Example.COM ')).toBe('ann@example.com');
  expect(loginOf('Ａnn')).toBe('ann');
  expect(signUpInput.safeParse({ name: 'a\u200Bnn', password: '12345678' }).success).toBe(false);
});
