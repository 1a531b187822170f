import 'server-only';
import { headers } from 'next/headers';
import { forwardedRequest } from '@/lib/http/network/forwarded-request';

/** This server's origin as the browser that asks for a page sees it. Only allowed hosts get here. */
export async function originOfPage(): Promise<string> {
  const { protocol, host } = forwardedRequest(await headers());
  return `${protocol ?? 'http'}://${host ?? 'localhost'}`;
}
