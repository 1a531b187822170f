import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Context } from 'oidc-provider';

/** What the provider says of a person. */
interface Account {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly preferred_username?: string;
  readonly name?: string;
}

export interface OpenIdProvider {
  readonly issuer: string;
  /** The configuration of an app that uses it. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Answers browsers that come from these origins. */
  allow(...origins: string[]): void;
  /** From now on every sign-in is this person's, without a prompt. */
  setPerson(subject: string, account?: Account): void;
  /** Follows a sign-in from the app's address at the provider to the address in the app where it ends. */
  signIn(start: string): Promise<URL>;
  close(): Promise<void>;
}

const CLIENT = { client_id: 'ask-next', client_secret: 'a secret between the two of them' };

/** A real provider of OpenID Connect, on this machine. */
export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  const accounts = new Map<string, Account>();
  let subject = '';
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (!provider) response.writeHead(503).end();
    else if (request.url?.startsWith('/interaction/'))
      void provider.interactionFinished(request, response, { login: { accountId: subject } });
    else provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${String(port)}`;
  return {
    issuer,
    configuration: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.client_id,
      OIDC_CLIENT_SECRET: CLIENT.client_secret,
      OIDC_NAME: 'Example',
    },
    allow(...origins) {
      provider = newProvider(issuer, origins, accounts);
    },
    setPerson(id, account = {}) {
      subject = id;
      accounts.set(id, account);
    },
    signIn,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function newProvider(
  issuer: string,
  origins: readonly string[],
  accounts: ReadonlyMap<string, Account>,
): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'tests', use: 'sig', alg: 'RS256' };
  return new Provider(issuer, {
    clients: [
      { ...CLIENT, redirect_uris: origins.map((origin) => `${origin}/api/auth/oidc/callback`) },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['only used by these tests'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    features: { devInteractions: { enabled: false } },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: Context, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...accounts.get(id) }),
    }),
    // Skips the consent page.
    async loadExistingGrant({ oidc: { provider, client, session } }: Context) {
      const { clientId } = client;
      const grant = new provider.Grant({ clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
}

/** A new browser, which is not signed in at the provider. */
async function signIn(start: string): Promise<URL> {
  const { origin } = new URL(start);
  const jar = new Map<string, string>();
  let at = new URL(start);
  while (at.origin === origin) {
    const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const to = answer.headers.get('location');
    if (to === null)
      throw new Error(`${at.href} answered ${String(answer.status)}: ${await answer.text()}`);
    at = new URL(to, at);
  }
  return at;
}
