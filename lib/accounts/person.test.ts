import { expect, test } from 'vitest';
import { loginOf, newLinkInput, signInInput, signUpInput } from './person';

test('names that look the same are one account', () => {
  expect(loginOf(' Ann@Example.COM ')).toBe('ann@example.com');
  expect(loginOf('Ａnn')).toBe('ann');
  expect(signUpInput.safeParse({ name: 'a\u200Bnn', password: '12345678' }).success).toBe(false);
});

test('texts that Postgres cannot store are refused', () => {
  expect(newLinkInput.safeParse({ kind: 'invitation', note: 'a\u0000b' }).success).toBe(false);
  expect(signInInput.safeParse({ name: 'a\u0000b', password: 'x' }).success).toBe(false);
});
