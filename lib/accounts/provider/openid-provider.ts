import type { Configuration, IDToken } from 'openid-client';
import { AppError, unavailable } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Claims, Provider, ProviderSettings } from './provider';
import { discover, openid } from './discovery';
import { isRefusal, reasonOf } from './provider-errors';

const SCOPE = 'openid profile email';
/** OpenID Connect's own limit. */
const SUBJECT_MAX = 255;

/** A provider by `openid-client`: the code flow with PKCE, state and nonce, and the signature of the ID token. */
export function openIdProvider(settings: ProviderSettings, log: Log): Provider {
  const configuration = discover(settings);
  const issuer = new URL(settings.issuer).href;

  const failed = (cause: unknown, refusal: boolean): AppError => {
    log.warn({ event: 'accounts.provider_failed', cause: reasonOf(cause) });
    return refusal ? refused(cause) : unavailable('provider', cause);
  };
  /** Throws `unauthenticated` where the provider refuses, and `unavailable` for everything else. */
  const withConfiguration = async <Value>(
    run: (found: Configuration) => Promise<Value>,
  ): Promise<Value> => {
    const found = await configuration().catch((cause: unknown) => {
      throw failed(cause, false);
    });
    try {
      return await run(found);
    } catch (cause) {
      throw failed(cause, isRefusal(cause));
    }
  };

  return {
    issuer,
    name: settings.name ?? new URL(issuer).host,
    begin: (redirectUri) =>
      withConfiguration(async (found) => {
        const client = await openid();
        const [nonce, state] = [client.randomNonce(), client.randomState()];
        const verifier = client.randomPKCECodeVerifier();
        const url = client.buildAuthorizationUrl(found, {
          redirect_uri: redirectUri,
          scope: SCOPE,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        return { url: url.href, state, secrets: { nonce, verifier } };
      }),
    finish: (answer, { state, secrets }) =>
      withConfiguration(async (found) => {
        const client = await openid();
        const tokens = await client.authorizationCodeGrant(found, answer, {
          expectedState: state,
          expectedNonce: secrets.nonce,
          pkceCodeVerifier: secrets.verifier,
        });
        const token = tokens.claims();
        if (!token || new URL(token.iss).href !== issuer || token.sub.length > SUBJECT_MAX)
          throw refused('The ID token is of another issuer, or its subject is too long');
        return {
          subject: token.sub,
          claims: () => withConfiguration((known) => claimsOf(known, token, tokens.access_token)),
        };
      }),
  };
}

const refused = (cause: unknown): AppError =>
  new AppError({ kind: 'unauthenticated', reason: 'provider-refused' }, { cause });

/** From one source: an address verified by another source is not verified by this one. */
const verifiedEmail = ({
  email,
  email_verified,
}: Readonly<Record<string, unknown>>): string | null =>
  email_verified === true && typeof email === 'string' && email !== '' ? email : null;

/** Many providers put them into the ID token only where no access token comes with it. */
async function claimsOf(
  found: Configuration,
  token: IDToken,
  accessToken: string,
): Promise<Claims> {
  const client = await openid();
  const more = found.serverMetadata().userinfo_endpoint
    ? await client.fetchUserInfo(found, accessToken, token.sub)
    : {};
  const claims: Record<string, unknown> = { ...token, ...more };
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    email: verifiedEmail('email' in more ? more : token),
    preferredName: text('preferred_username'),
    name: text('name'),
  };
}
