import 'server-only';
import { reachesNobodyElse, type Access } from '@/lib/accounts/access';
import type { Role } from '@/lib/accounts/person';
import type { Env } from '@/lib/env';
import { isBehindServer } from '@/lib/http/network/client-address';

/**
 * The role of a caller without an account here. Behind a proxy, PROXY_OPERATORS names the operators. In `open` mode there
 * are none, unless ACCESS is not set and only this machine can connect: then its user runs the server.
 */
export function roleInMode(access: Access, env: Env, proxyName: string | null): Role {
  const operates =
    access === 'proxy'
      ? proxyName !== null && env.PROXY_OPERATORS.includes(proxyName)
      : access === 'open' && env.ACCESS === undefined && isBehindServer() && reachesNobodyElse(env);
  return operates ? 'operator' : 'member';
}
