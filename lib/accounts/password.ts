import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** 32 MB and about a tenth of a second, as OWASP recommends. Each hash names its own, so they can be raised later. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

type Cost = typeof COST;

/** One at a time: many sign-ins at once must take neither all memory nor all threads of a small server. */
let last: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  const mine = last.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (failed, key) => {
          if (failed) reject(failed);
          else resolve(key);
        });
      }),
  );
  last = mine.catch(() => undefined);
  return mine;
}

const written = ({ N, r, p }: Cost, salt: Buffer, key: Buffer): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');

/** The scrypt hash of a password, with its salt and cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return written(COST, salt, await derive(password, salt, COST));
}

/** Compared when there is no password, so that the answer takes as long. No password has it. */
const NO_PASSWORD = written(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

/** Whether this is the password of a hash; null: there is none. Takes equally long for each answer. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (hash ?? NO_PASSWORD).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(given, expected) && hash !== null;
}
