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

/** The names to try for a new account, the best first: another person may have any of them. */
export function namesFrom({ email, preferredName, name }: Claims): string[] {
  const said = [email, preferredName, name, 'Person'].flatMap((each) => {
    const read = newPersonName.safeParse(each);
    return read.success ? [read.data] : [];
  });
  const [first = ''] = said;
  return Array.from({ length: NAMES_TRIED }, (_, n) =>
    n === 0 ? first : `${first.slice(0, NAME_PART_MAX)} (${String(n + 1)})`,
  );
}

const NAMES_TRIED = 50;
const NAME_PART_MAX = 180;
