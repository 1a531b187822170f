import 'server-only';
import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { env, type Env } from '@/lib/env';
import { secretFileOf } from '@/lib/env/database';

/** Each purpose has a key of its own: one that leaks does not reveal the others. */
export type Purpose = 'owner-cookie' | 'signature' | 'log' | 'rate' | 'device' | 'doctor';

const SECRET_MIN = 32;

/** `APP_SECRET`, or the secret file beside the SQLite database, created on first start. Throws without either. */
export function readSecret({ APP_SECRET, DATABASE }: Env): string {
  if (APP_SECRET) return APP_SECRET;
  if (DATABASE.dialect !== 'sqlite') throw new Error('APP_SECRET must be set');
  const file = secretFileOf(DATABASE.file);
  const secret = read(file) ?? make(file);
  if (secret.length < SECRET_MIN) throw new Error(`${file} is too short to be a secret: remove it`);
  return secret;
}

function read(file: string): string | null {
  try {
    const secret = readFileSync(file, 'utf8');
    // A file from a backup may have other permissions.
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    return secret;
  } catch (failed) {
    if ((failed as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw failed;
  }
}

/** Written aside and then linked: atomic, so of two processes that start at once one wins and neither reads half. */
function make(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${String(process.pid)}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (failed) {
    if ((failed as NodeJS.ErrnoException).code !== 'EEXIST') throw failed;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}

const keys = new Map<Purpose, KeyObject>();

export function keyFor(purpose: Purpose): KeyObject {
  const cached = keys.get(purpose);
  if (cached) return cached;
  const key = derivedKey(readSecret(env()), purpose);
  keys.set(purpose, key);
  return key;
}

/** The key of the same purpose from before the secret was changed; null without `APP_SECRET_PREVIOUS`. */
export function previousKeyFor(purpose: Purpose): KeyObject | null {
  const { APP_SECRET_PREVIOUS: secret } = env();
  return secret === undefined ? null : derivedKey(secret, purpose);
}

export function derivedKey(secret: string, purpose: Purpose): KeyObject {
  const bits = hkdfSync('sha256', secret, '', `ask-next ${purpose}`, 32);
  return createSecretKey(Buffer.from(bits));
}
