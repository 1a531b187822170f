import { hash, verify } from '@node-rs/argon2';
import { unavailable } from '@/lib/errors';

/** Argon2id with 19 MB and two passes, as OWASP recommends. Each hash names its own cost, so it can be raised later. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One at a time: many sign-ins at once must take neither all memory nor all threads of a small server. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
/** Some seconds of work. Later callers are refused at once. */
const WAITING_MAX = 50;

/** Throws `unavailable` when too many wait. */
async function inTurn<Value>(run: () => Promise<Value>): Promise<Value> {
  if (waiting >= WAITING_MAX) throw unavailable('busy');
  waiting += 1;
  const mine = last.then(run).finally(() => (waiting -= 1));
  last = mine.catch(() => undefined);
  return mine;
}

/** The Argon2id hash of a password, with its salt and cost. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize('NFC'), COST));

/** Compared when there is no password, so that the answer takes as long. No password has it. */
const NO_PASSWORD = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Whether this is the password of a hash; null: there is none. Takes equally long for each answer. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const fits = await inTurn(() => verify(stored ?? NO_PASSWORD, password.normalize('NFC')));
  return fits && stored !== null;
}
