/**
 * The usual variables of proxies, which Node heeds only where NODE_USE_ENV_PROXY is set: here, who sets them means them.
 * Runs on the oldest Node that `npm start` takes.
 */
const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
const HERE = ['localhost', '127.0.0.1', '[::1]'];

/** Adds to `env` what makes Node use them; answers the names it set, and why it set none although there is a proxy. */
export function useProxies(env = process.env) {
  const named = PROXIES.filter((name) => env[name]?.trim());
  if (named.length === 0 || env.NODE_USE_ENV_PROXY !== undefined) return { names: [] };
  const wrong = named.find((name) => !httpAddress(env[name]));
  if (wrong)
    return { names: [], ignored: `${wrong} is ignored: write it as http://proxy.example:3128.` };
  for (const name of named) env[name] = httpAddress(env[name]);
  // Node looks at the small letters first. A model on this machine is never behind a proxy.
  const except = env.no_proxy === undefined ? 'NO_PROXY' : 'no_proxy';
  env[except] = [env[except]?.trim(), ...HERE].filter(Boolean).join(',');
  env.NODE_USE_ENV_PROXY = '1';
  return { names: [...named, except, 'NODE_USE_ENV_PROXY'] };
}

/** As programs read it, `proxy:3128` is an address by HTTP; null for what Node cannot use. Quotes come with env files. */
function httpAddress(value) {
  const address = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  const whole = address.includes('://') ? address : `http://${address}`;
  if (!/^https?:/i.test(whole)) return null;
  try {
    return new URL(whole).href;
  } catch {
    return null;
  }
}

const SINCE = { 22: 21, 24: 5 };

/** The sentence for a Node that cannot use proxies, though it is configured to; undefined otherwise. */
export function oldNodeWarning(version, env = process.env) {
  const named = PROXIES.find((name) => env[name]?.trim());
  const [major, minor] = version.split('.').map(Number);
  if (!named || env.NODE_USE_ENV_PROXY !== '1' || minor >= (SINCE[major] ?? 0)) return undefined;
  return `${named} is ignored: Node ${version} knows no proxies. Use ${major}.${SINCE[major]} or newer.`;
}
