import type { ApiAnswer } from './api-client';

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** A browser: it keeps cookies, names its origin, and follows no redirect. */
export interface BrowserClient {
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer>;
  fetch(path: string, init?: Init): Promise<Response>;
  /** The cookies by name. */
  readonly jar: Map<string, string>;
}

export function browserClient(url: string, jar = new Map<string, string>()): BrowserClient {
  const send: BrowserClient['fetch'] = async (path, init = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        Origin: url,
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        ...(cookie && { cookie }),
        ...init.headers,
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    jar,
    fetch: send,
    async call(method, path, body, headers = {}) {
      const response = await send(path, {
        method,
        headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson && text ? JSON.parse(text) : null,
      };
    },
  };
}
