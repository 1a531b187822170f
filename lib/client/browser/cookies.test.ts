import { expect, test } from 'vitest';
import { cookieLine } from './cookies';

test('a cookie is secure on a page over HTTPS', () => {
  expect(cookieLine('ask_tz', 'Europe/Zürich', true)).toBe(
    'ask_tz=Europe%2FZ%C3%BCrich; Path=/; SameSite=Lax; Max-Age=31536000; Secure',
  );
  expect(cookieLine('ask_theme', 'dark', false)).not.toContain('Secure');
});

test('null deletes the cookie', () => {
  expect(cookieLine('ask_theme', null, false)).toBe('ask_theme=; Path=/; SameSite=Lax; Max-Age=0');
});
