import 'server-only';
import { reachesNobodyElse, type Access } from '@/lib/accounts/access';
import type { Role } from '@/lib/accounts/person';
import type { Env } from '@/lib/env';
import { isBehindServer } from '@/lib/http/network/client-address';

/**
 * The role of whoever has no account here. With a proxy in front operators are those whom PROXY_OPERATORS names. In the open
 * there are none, but where nobody chose ACCESS and only this machine can connect: whoever sits there runs the server.
 */
export function roleInMode(access: Access, env: Env, proxyName: string | null): Role {
  const operates =
    access === 'proxy'
      ? proxyName !== null && env.PROXY_OPERATORS.includes(proxyName)
      : access === 'open' && env.ACCESS === undefined && isBehindServer() && reachesNobodyElse(env);
  return operates ? 'operator' : 'member';
}
