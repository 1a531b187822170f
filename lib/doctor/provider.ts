import type { Env } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import { finder, type Finding } from './finding';

const { ok, problem } = finder('provider');

const TIMEOUT_MS = 5000;

/** Reads what the provider says about itself, as the server does at the first sign-in. */
export async function checkProvider({ OIDC }: Env): Promise<Finding[]> {
  if (!OIDC) return [];
  const { issuer } = OIDC;
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok)
      return [
        problem(`${address} answers with the status ${String(response.status)} (OIDC_ISSUER).`),
      ];
    const says = ((await response.json()) as { issuer?: unknown } | null)?.issuer;
    if (typeof says === 'string' && URL.parse(says)?.href === new URL(issuer).href)
      return [ok(`The provider ${issuer} answers.`)];
    return [
      problem(
        `The provider calls itself ${JSON.stringify(says ?? null)}: set OIDC_ISSUER to that.`,
      ),
    ];
  } catch (thrown) {
    return [problem(`${address} cannot be read (OIDC_ISSUER): ${causesOf(thrown)}`)];
  }
}
