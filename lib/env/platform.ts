/** A hosting platform: how it is detected, and the defaults that are right there. */
interface Platform {
  /** The variable that the platform sets. */
  readonly marker: string;
  readonly defaults: Readonly<Record<string, string>>;
}

/** The default HOST and PORT: reachable from this machine only. */
export const LISTENS = { PORT: 3000, HOST: '127.0.0.1' } as const;

/** Its proxy comes from another machine, by IPv4 or IPv6. */
const HOST = '::';

const PLATFORMS: readonly Platform[] = [
  // Replaces X-Forwarded-For with the one address of the client.
  { marker: 'VERCEL', defaults: { TRUSTED_PROXIES: '1' } },
  // Cloudflare, then a proxy in a private network.
  { marker: 'RENDER', defaults: { HOST, TRUSTED_PROXIES: 'private,cloudflare' } },
  // Appends the app's own public address to X-Forwarded-For, and sends the client's in Fly-Client-IP.
  { marker: 'FLY_APP_NAME', defaults: { HOST, TRUSTED_PROXIES: 'fly' } },
  // Heroku: appends the client's address.
  { marker: 'DYNO', defaults: { HOST, TRUSTED_PROXIES: '1' } },
  // Railway and Cloud Run.
  { marker: 'RAILWAY_PROJECT_ID', defaults: { HOST } },
  { marker: 'K_SERVICE', defaults: { HOST } },
];

const NOT_SET = /^\s*(0|false|no|off)?\s*$/i;

/** Defaults for unset variables on the platform that `source` reveals. */
export const platformDefaults = (
  source: Readonly<Record<string, string | undefined>>,
): Platform['defaults'] =>
  PLATFORMS.find(({ marker }) => !NOT_SET.test(source[marker] ?? ''))?.defaults ?? {};
