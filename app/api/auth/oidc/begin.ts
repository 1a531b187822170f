import { localPath } from '@/lib/accounts/ways/local-path';
import { challengedBrowser } from '@/lib/http/identity/cookies/challenge-cookie';
import { ownAddress } from '@/lib/http/identity/cookies/own-address';
import { requireProvider } from './opened';

export const CALLBACK = '/api/auth/oidc/callback';

interface BeginOptions {
  readonly next?: string | null | undefined;
  readonly link?: string | undefined;
  readonly personId: string | null;
}

/** Begins to sign in at the provider, or to connect an account there. */
export async function beginAtProvider(
  request: Request,
  { next, link, personId }: BeginOptions,
): Promise<{ readonly url: string; readonly setCookie: string }> {
  const { provider } = await requireProvider();
  const { token: browser, setCookie } = challengedBrowser(request);
  const { origin } = ownAddress(request.headers, new URL(request.url));
  const url = await provider.begin({
    browser,
    redirectUri: origin + CALLBACK,
    next: localPath(next),
    link,
    personId,
  });
  return { url, setCookie };
}
