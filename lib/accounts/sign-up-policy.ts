/**
 * Who may make an account without an invitation. `provider`: those whom the provider of OpenID Connect signs in. `domains`:
 * those with an e-mail address there.
 */
export type SignUp = 'closed' | 'open' | 'provider' | { readonly domains: readonly string[] };

/** Whether a person of this name may, with a password. Addresses are not verified: this keeps out those who do not know the domain. */
export function maySignUp(policy: SignUp, login: string): boolean {
  if (typeof policy === 'string') return policy === 'open';
  const domain = domainOf(login);
  return domain !== null && policy.domains.includes(domain);
}

/** Some people may make an account with a password and without an invitation. */
export const isOpenTo = (policy: SignUp): boolean => policy !== 'closed' && policy !== 'provider';

/** Null if it is not an e-mail address. */
export const domainOf = (address: string): string | null =>
  /^[^@\s]+@([^@\s]+)$/.exec(address)?.[1] ?? null;
