import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEnv } from '@/lib/env';
import { readSecret } from './secret';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-secret-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const configuration = () => readEnv({ DATABASE_URI: `file:${folder}/app.db` });

test('the secret file is created once, readable by its owner alone', () => {
  const secret = readSecret(configuration());
  expect(secret).toMatch(/^[\w-]{64}$/);
  expect(readSecret(configuration())).toBe(secret);
  expect(statSync(path.join(folder, 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['secret']);
});

test('a secret file that others can read becomes private', () => {
  const secret = readSecret(configuration());
  chmodSync(path.join(folder, 'secret'), 0o644);
  expect(readSecret(configuration())).toBe(secret);
  expect(statSync(path.join(folder, 'secret')).mode & 0o777).toBe(0o600);
});

test('APP_SECRET is used as it is, without a file', () => {
  const given = 'x'.repeat(32);
  expect(readSecret({ ...configuration(), APP_SECRET: given })).toBe(given);
  expect(readdirSync(folder)).toEqual([]);
});
