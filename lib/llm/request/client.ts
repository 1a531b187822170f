import 'server-only';
import OpenAI from 'openai';
import manifest from '@/package.json';
import { boundedFetch } from './bounded-fetch';
import { withErrorObject } from './error-object';
import { findingVersion } from './find-version';

export interface ClientOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  /** An Authorization header in place of a key, such as Basic. */
  readonly authorization?: string | null;
  /** The operator's headers, which override all others. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Timeout until the response headers. */
  readonly timeoutMs: number;
  /** Called when the API was found under `/v1` of a base URL without it. */
  readonly onVersionFound?: () => void;
}

const OPENAI_URL = 'https://api.openai.com/v1';

export function openaiClient(options: ClientOptions): OpenAI {
  const { apiKey, baseUrl = OPENAI_URL, authorization = null, headers, timeoutMs } = options;
  const send = findingVersion(baseUrl, withErrorObject(boundedFetch), () =>
    options.onVersionFound?.(),
  );
  return new OpenAI({
    // Self-hosted servers often need no key, but the SDK requires one.
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl,
    timeout: timeoutMs,
    // lib/llm/retry.ts retries; two layers would multiply.
    maxRetries: 0,
    logLevel: 'off',
    defaultHeaders: {
      'User-Agent': `ask-next/${manifest.version}`,
      ...(apiKey === undefined && { Authorization: authorization }),
      ...headers,
    },
    fetch: (input, init) => send(input, withoutSdkHeaders(init)),
    // A followed redirect would send the prompt to another server.
    fetchOptions: { redirect: 'manual' },
  });
}

/** Some gateways refuse the SDK's own headers, which also reveal the operating system. */
function withoutSdkHeaders(init: RequestInit | undefined): RequestInit {
  const entries = [...new Headers(init?.headers)];
  const headers = entries.filter(([name]) => !name.startsWith('x-stainless-'));
  return { ...init, headers };
}
