import 'server-only';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import type { LogEvent } from '@/lib/ports/log';
import { PRIVATE } from '@/lib/env/trusted-proxies';
import { inNetworks } from '@/lib/http/network/in-networks';
import { hasTooFewProxies } from '@/lib/http/network/proxies';
import { forwardedRequest } from '@/lib/http/network/forwarded-request';

const isNear = inNetworks(PRIVATE);
const noted = new Set<string>();

/** Warns, once each, when TRUSTED_PROXIES does not match the X-Forwarded-For headers that arrive. */
export function logProxies(headers: Pick<Headers, 'get'>): void {
  const trusted = env().TRUSTED_PROXIES;
  const forwardedFor = headers.get('x-forwarded-for');
  if (forwardedFor === null) return;
  if (hasTooFewProxies(forwardedFor, trusted)) {
    note('proxy.overcounted', {
      cause: 'TRUSTED_PROXIES is larger than the number of proxies that report a client',
    });
  }
  const { isProxied, address } = forwardedRequest(headers);
  if (!isProxied && isNear(address)) {
    note('proxy.distrusted', {
      cause:
        'A proxy nearby sends X-Forwarded-For and is not believed, so all of its clients count as one: set TRUSTED_PROXIES to the number of proxies in front, or to their networks',
    });
  }
}

function note(event: LogEvent, fields: { cause: string }): void {
  if (noted.has(event)) return;
  noted.add(event);
  log().warn({ event, ...fields });
}
