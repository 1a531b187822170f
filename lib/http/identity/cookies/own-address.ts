import { forwardedRequest } from '@/lib/http/network/forwarded-request';
import { readHost } from '@/lib/http/network/own-hosts';
import type { BrowserAddress } from './owner-cookie';

/** This server's origin as the browser sees it. `url`: the request's, as it arrived here. */
export function ownAddress(
  headers: Pick<Headers, 'get'>,
  url: Pick<URL, 'protocol' | 'host'>,
): BrowserAddress & { origin: string } {
  const way = forwardedRequest(headers);
  const protocol = way.protocol ?? url.protocol.replace(':', '');
  const host = way.host ?? url.host;
  return {
    https: protocol === 'https',
    port: readHost(host)?.port ?? null,
    origin: `${protocol}://${host}`,
  };
}
