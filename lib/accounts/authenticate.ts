import type { Access } from './access';
import type { Role } from './person';
import { proxyUser, visitor, type Principal } from './principal';

/** What a request without an API key brings along. */
export interface Credentials {
  /** The id in a visitor's signed cookie. */
  readonly visitorId: string | null;
  /** The name under which the proxy in front authenticated the person. */
  readonly proxyName: string | null;
  /** The person who is signed in. */
  readonly person: Principal | null;
  /** For callers without an account. */
  readonly role: Role;
}

/**
 * The principal of a request in an access mode. `new-visitor`: a visitor without a cookie. The others are the reasons of a
 * refusal.
 */
export function authenticate(
  access: Access,
  { visitorId, proxyName, person, role }: Credentials,
): Principal | 'new-visitor' | 'no-proxy-user' | 'sign-in' {
  switch (access) {
    case 'open':
      return visitorId === null ? 'new-visitor' : visitor(visitorId, role);
    case 'proxy':
      return proxyName === null ? 'no-proxy-user' : proxyUser(proxyName, role);
    case 'accounts':
      return person ?? 'sign-in';
  }
}
