/** Who may use the program: everyone who reaches it, people who sign in, or people whom a proxy in front names. */
export const ACCESS_MODES = ['open', 'accounts', 'proxy'] as const;
export type Access = (typeof ACCESS_MODES)[number];

/** The variables that decide. */
interface Configured {
  readonly ACCESS?: Access | undefined;
  readonly HOST: string;
  readonly VERCEL: boolean;
  readonly OPENAI_API_KEY?: string | undefined;
  readonly OPENAI_BASE_URL?: unknown;
  readonly PROXY_USER_FROM?: unknown;
  readonly ALLOWED_HOSTS: readonly string[];
  readonly TRUSTED_PROXIES: { readonly by: string; readonly count?: number };
}

/** The demo answers for nothing, so it needs no choice. */
export const isAccessChosen = ({ ACCESS, OPENAI_API_KEY, OPENAI_BASE_URL }: Configured): boolean =>
  ACCESS !== undefined || (!OPENAI_API_KEY && !OPENAI_BASE_URL);

/**
 * The mode: the chosen one, or `open` where only this machine can connect, or where the demo model answers, which costs nothing. Null:
 * the operator must choose. `listensOnHost`: false under a server that does not listen where HOST says.
 */
export function accessOf(configured: Configured, listensOnHost: boolean): Access | null {
  if (isAccessChosen(configured)) return configured.ACCESS ?? 'open';
  return listensOnHost && reachesNobodyElse(configured) ? 'open' : null;
}

/** Only this machine can connect. */
export const reachesNobodyElse = (configured: Configured): boolean =>
  isLoopback(configured.HOST) && !configured.VERCEL && !tellsOfProxy(configured);

/** A proxy on this machine passes others on. */
const tellsOfProxy = ({ TRUSTED_PROXIES: { by, count }, ALLOWED_HOSTS }: Configured): boolean =>
  by !== 'count' || count !== 0 || ALLOWED_HOSTS.length > 0;

/** True for a HOST on which only this machine can connect. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

const MUST_CHOOSE =
  'must be set, because others can reach this server, and everyone who does would use your model at your cost. ' +
  'Choose ACCESS=accounts for people who sign in, ACCESS=proxy for people whom your own reverse proxy has authenticated, or ACCESS=open for everyone. ' +
  'Without ACCESS the server starts only where HOST is a loopback address such as 127.0.0.1 and neither TRUSTED_PROXIES nor ALLOWED_HOSTS is set';

/** What is wrong at the start, by variable. On Vercel nothing starts: the answers say there what to choose. */
export function accessMistakes(configured: Configured): Readonly<Record<string, string>> {
  const { ACCESS, VERCEL, PROXY_USER_FROM } = configured;
  if (!VERCEL && accessOf(configured, true) === null) return { ACCESS: MUST_CHOOSE };
  if (ACCESS !== 'proxy') return {};
  if (VERCEL)
    return { ACCESS: 'must not be proxy on Vercel, where every request comes from Vercel’s own' };
  if (PROXY_USER_FROM) return {};
  return { PROXY_USER_FROM: 'must be set when ACCESS is proxy: the networks of your proxy' };
}
