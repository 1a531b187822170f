import { NextRequest, type NextResponse } from 'next/server';
import { vi } from 'vitest';

export const KEY = 'a-key-that-is-long-enough';
const configuration = {
  APP_SECRET: 'a secret that only these tests know',
  LOG_LEVEL: 'silent',
  API_KEYS: `me:${KEY}`,
  FRONTEND_ORIGIN: 'https://friend.example',
  TRUSTED_PROXIES: '1',
  CHAT_RATE_LIMIT: '2/day',
  API_RATE_LIMIT: '1000/day',
  PAGE_RATE_LIMIT: '1000/day',
  VISITOR_RATE_LIMIT: '1000/day',
  ALLOWED_HOSTS: 'here,chat.example',
  BLOCKED_ADDRESSES: '9.9.9.0/24',
};
for (const [name, value] of Object.entries(configuration)) vi.stubEnv(name, value);
const { handleRequest } = await import('@/lib/http/edge/middleware');
const { verifiedCaller } = await import('@/lib/http/identity/internal-signature');

export const PREFLIGHT = { 'Access-Control-Request-Method': 'POST' };
interface Options {
  method?: string;
  headers?: Record<string, string>;
}
export const ask = (path: string, { method = 'GET', headers = {} }: Options = {}) =>
  handleRequest(
    new NextRequest(`http://here${path}`, { method, headers: { Host: 'here', ...headers } }),
  );
/** A request header as pages and handlers receive it. */
export const handedOn = (response: NextResponse, name: string) =>
  response.headers.get(`x-middleware-request-${name}`);
/** The caller as pages and handlers see it. */
export function callerOf(response: NextResponse) {
  const headers = { get: (name: string) => handedOn(response, name) };
  const caller = verifiedCaller(headers, headers.get('x-request-id') ?? '');
  if (!caller) throw new Error('the request was not signed');
  return caller;
}
export const ownerOf = (response: NextResponse) => callerOf(response).principal.owner;
export const cookieOf = (response: NextResponse) =>
  response.headers.get('set-cookie')?.split(';')[0] ?? '';
