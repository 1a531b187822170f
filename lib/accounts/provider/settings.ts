import type { SignUp } from '../sign-up-policy';
import type { ProviderSettings } from './provider';

/** The variables that decide. */
interface Configured {
  readonly SIGN_UP: SignUp;
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
  readonly OIDC_NAME?: string | undefined;
}

/** The provider of OpenID Connect; null without one. */
export function providerSettings(configured: Configured): ProviderSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = configured;
  if (!issuer || !clientId) return null;
  const { OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = configured;
  return { issuer, clientId, clientSecret, name };
}

/** What is wrong at the start, by variable. */
export function providerMistakes({
  SIGN_UP,
  OIDC_ISSUER,
  OIDC_CLIENT_ID,
}: Configured): Readonly<Record<string, string>> {
  if (!OIDC_ISSUER !== !OIDC_CLIENT_ID)
    return { OIDC_CLIENT_ID: 'and OIDC_ISSUER must be set together' };
  if (SIGN_UP !== 'provider' || OIDC_ISSUER) return {};
  return { SIGN_UP: 'is provider, so OIDC_ISSUER and OIDC_CLIENT_ID must be set' };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * True for an issuer that can be trusted: by HTTPS, or on this machine. Over plain HTTP anyone on the way could say who
 * signs in.
 */
export function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  if (search || hash) return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}
