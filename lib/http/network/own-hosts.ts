import { isIP } from 'node:net';
import type { Env } from '@/lib/env';

/** A parsed Host header: a name in lower case or an address without brackets, and the port if there is one. */
export interface Host {
  readonly name: string;
  readonly port: string | null;
}

const HOST = /^(?:\[([\da-f:.]+)\]|([^\s:@/?#[\]\\]+?)\.?)(?::(\d{1,5}))?$/i;

/** Null if invalid. */
export function readHost(header: string): Host | null {
  const [, address, name, port] = HOST.exec(header) ?? [];
  const found = address ?? name;
  return found === undefined ? null : { name: found.toLowerCase(), port: port ?? null };
}

export type OwnHosts = (name: string) => boolean;

/**
 * The allowed Host names. This prevents DNS rebinding, where an attacker's name resolves to this server so that the
 * browser treats the attacker's page as same-origin.
 */
export function ownHosts(env: Env, machine: string): OwnHosts {
  const named = env.ALLOWED_HOSTS.filter((name) => !name.startsWith('*.'));
  const names = new Set([...named, ...namesOfMachine(machine.toLowerCase()), ...namesGiven(env)]);
  const suffixes = env.ALLOWED_HOSTS.filter((name) => name.startsWith('*.'))
    .map((name) => name.slice(1))
    .concat('.localhost');
  return (name) =>
    isIP(name) !== 0 ||
    name === 'localhost' ||
    names.has(name) ||
    suffixes.some((suffix) => name.endsWith(suffix) && name !== suffix);
}

function namesOfMachine(machine: string): string[] {
  const [short = ''] = machine.split('.');
  return short === '' ? [] : [machine, short, `${short}.local`];
}

/** Railway deploys nothing whose health check does not answer, and asks by this name. */
const RAILWAY_HEALTH_CHECK = 'healthcheck.railway.app';

/** The configured host, and the names that the platform assigns. */
const namesGiven = (env: Env): string[] =>
  [
    env.HOST,
    env.RENDER_EXTERNAL_HOSTNAME,
    env.VERCEL_URL,
    env.VERCEL_BRANCH_URL,
    env.VERCEL_PROJECT_PRODUCTION_URL,
    env.FLY_APP_NAME && `${env.FLY_APP_NAME}.fly.dev`,
    env.HEROKU_APP_DEFAULT_DOMAIN_NAME,
    env.RAILWAY_PUBLIC_DOMAIN,
    env.RAILWAY_PUBLIC_DOMAIN && RAILWAY_HEALTH_CHECK,
  ].flatMap((name) => (name ? [name.toLowerCase()] : []));
