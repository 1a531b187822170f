/** What a platform that runs the program is known by, and what is right there unless a variable says otherwise. */
interface Platform {
  /** The variable that it sets. */
  readonly marker: string;
  readonly defaults: Readonly<Record<string, string>>;
}

/** Where the program listens when nobody says otherwise: on this machine alone. */
export const LISTENS = { PORT: 3000, HOST: '127.0.0.1' } as const;

/** Its proxy comes from another machine, by IPv4 or IPv6. */
const HOST = '::';

const PLATFORMS: readonly Platform[] = [
  // Puts one address into X-Forwarded-For, in place of what the client wrote there.
  { marker: 'VERCEL', defaults: { TRUSTED_PROXIES: '1' } },
  // Cloudflare, and then a proxy in a private network.
  { marker: 'RENDER', defaults: { HOST, TRUSTED_PROXIES: 'private,cloudflare' } },
  // Adds the program's own public address to X-Forwarded-For, and names the client in a header.
  { marker: 'FLY_APP_NAME', defaults: { HOST, TRUSTED_PROXIES: 'fly' } },
  // Heroku: appends the address that it saw.
  { marker: 'DYNO', defaults: { HOST, TRUSTED_PROXIES: '1' } },
  // Railway and Cloud Run.
  { marker: 'RAILWAY_PROJECT_ID', defaults: { HOST } },
  { marker: 'K_SERVICE', defaults: { HOST } },
];

const NOT_SET = /^\s*(0|false|no|off)?\s*$/i;

/** What the variables of the program are, where they are not set, on the platform that set these variables. */
export const platformDefaults = (
  source: Readonly<Record<string, string | undefined>>,
): Platform['defaults'] =>
  PLATFORMS.find(({ marker }) => !NOT_SET.test(source[marker] ?? ''))?.defaults ?? {};
