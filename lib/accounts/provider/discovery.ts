import type { ClientAuth, Configuration } from 'openid-client';
import type { ProviderSettings } from './provider';

/** Loaded when it is first needed: most servers have no provider. */
export const openid = () => import('openid-client');

const TIMEOUT_SECONDS = 10;
/** Providers change their metadata rarely. Their keys are read again where a signature needs another one. */
const KEPT_MS = 60 * 60_000;

/** Returns a function that reads the provider's metadata, at most once an hour. A failure is not cached. */
export function discover(settings: ProviderSettings): () => Promise<Configuration> {
  let cached: { readonly found: Promise<Configuration>; readonly at: number } | null = null;
  return () => {
    if (cached && performance.now() - cached.at < KEPT_MS) return cached.found;
    const found = read(settings).catch((failed: unknown) => {
      cached = null;
      throw failed;
    });
    cached = { found, at: performance.now() };
    return found;
  };
}

async function read({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const client = await openid();
  const { protocol } = new URL(issuer);
  const authentication: ClientAuth =
    clientSecret === undefined
      ? client.None()
      : (server, ...rest) => {
          // As the standard has it: Basic where the provider names no methods.
          const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
          const { ClientSecretBasic, ClientSecretPost } = client;
          const by = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
          by(clientSecret)(server, ...rest);
        };
  return client.discovery(new URL(issuer), clientId, {}, authentication, {
    timeout: TIMEOUT_SECONDS,
    // Next keeps answers otherwise.
    [client.customFetch]: (url, init) => fetch(url, { ...init, cache: 'no-store' } as RequestInit),
    execute: [
      client.enableNonRepudiationChecks,
      // Only for a provider on this machine: lib/env.ts refuses others.
      ...(protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
  });
}
