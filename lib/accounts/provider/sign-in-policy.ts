import { newPersonName } from '../person';
import { domainOf, type SignUp } from '../sign-up-policy';
import type { Claims } from './provider';

/** Whether a person whom the provider confirmed may make an account without an invitation. */
export function mayJoin(policy: SignUp, { email }: Claims): boolean {
  if (policy === 'closed') return false;
  if (policy === 'open' || policy === 'provider') return true;
  const domain = email === null ? null : domainOf(email.toLowerCase());
  return domain !== null && policy.domains.includes(domain);
}

/**
 * The names to try for a new account, the best first: another person may have any of them. The last one has part of
 * `id`, so that no one can take them all.
 */
export function namesFrom({ email, preferredName, name }: Claims, id: string): string[] {
  // An address that is not verified may be another person's, by whatever claim it comes.
  const unverified = [preferredName, name].filter(
    (each) => each === null || domainOf(each) === null,
  );
  const candidates = [email, ...unverified, 'Person'].flatMap((each) => {
    const read = newPersonName.safeParse(each);
    return read.success ? [read.data] : [];
  });
  const [first = ''] = candidates;
  const part = first.slice(0, NAME_PART_MAX);
  const numbered = Array.from({ length: NAMES_TRIED }, (_, n) => `${part} (${String(n + 2)})`);
  return [first, ...numbered, `${part} (${id.slice(0, 8)})`];
}

const NAMES_TRIED = 4;
const NAME_PART_MAX = 180;
