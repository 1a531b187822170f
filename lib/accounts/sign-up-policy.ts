/** Who may make an account without an invitation: `domains`: those with an e-mail address there. */
export type SignUp = 'closed' | 'open' | { readonly domains: readonly string[] };

/** Whether a person of this name may. Addresses are not verified: this keeps out those who do not know the domain. */
export function maySignUp(policy: SignUp, login: string): boolean {
  if (policy === 'open' || policy === 'closed') return policy === 'open';
  const [, domain] = /^[^@\s]+@([^@\s]+)$/.exec(login) ?? [];
  return domain !== undefined && policy.domains.includes(domain);
}
