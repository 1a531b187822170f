import 'server-only';
import { env } from '@/lib/env';
import type { TrustedProxies } from '@/lib/env/trusted-proxies';
import { socketAddress } from './client-address';
import { forwardedBy, listOf } from './proxies';

type RequestHeaders = Pick<Headers, 'get'>;

/** A request's forwarded address: client, host and protocol. */
interface ForwardedRequest {
  /** The client's address; null if unknown. */
  readonly address: string | null;
  /** Whether the forwarded headers come from a trusted proxy. */
  readonly isProxied: boolean;
  /** The host and the protocol that the client used. */
  readonly host: string | null;
  readonly protocol: string | null;
}

function open(trusted: TrustedProxies): (headers: RequestHeaders) => ForwardedRequest {
  const come = forwardedBy(trusted);
  return (headers) => {
    const { address, hops } = come(headers, socketAddress(headers));
    // A proxy may replace such a header, or append to it as to X-Forwarded-For.
    const forwarded = (name: string) => {
      const list = hops > 0 ? listOf(headers.get(name)) : [];
      return list.at(-hops) ?? list[0] ?? null;
    };
    return {
      address,
      isProxied: hops > 0,
      host: forwarded('x-forwarded-host') ?? headers.get('host'),
      protocol: forwarded('x-forwarded-proto'),
    };
  };
}

let opened: ReturnType<typeof open> | undefined;

export const forwardedRequest = (headers: RequestHeaders): ForwardedRequest =>
  (opened ??= open(env().TRUSTED_PROXIES))(headers);
