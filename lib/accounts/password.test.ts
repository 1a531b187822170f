import { expect, test } from 'vitest';
import { hashPassword, isPassword } from './password';

test('a password is known by its hash alone, and no password fits a missing one', async () => {
  const hash = await hashPassword('a long enough password');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword('a long enough password', hash)).toBe(true);
  expect(await isPassword('another password', hash)).toBe(false);
  expect(await isPassword('', null)).toBe(false);
});
