import 'server-only';
import OpenAI from 'openai';
import manifest from '@/package.json';
import { boundedFetch } from './bounded-fetch';
import { withErrorObject } from './error-object';
import { findingVersion } from './find-version';

export interface ClientOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  /** In place of a key, such as of a user and password. */
  readonly authorization?: string | null;
  /** The operator's own; they count more than any other. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the upstream may take to begin its answer. */
  readonly timeoutMs: number;
  /** Called when the upstream was found under `/v1` of an address that does not say it. */
  readonly onVersionFound?: () => void;
}

const OPENAI_URL = 'https://api.openai.com/v1';

export function openaiClient(options: ClientOptions): OpenAI {
  const { apiKey, baseUrl = OPENAI_URL, authorization = null, headers, timeoutMs } = options;
  const send = findingVersion(baseUrl, withErrorObject(boundedFetch), () =>
    options.onVersionFound?.(),
  );
  return new OpenAI({
    // Servers of one's own often need no key, the SDK always does.
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl,
    timeout: timeoutMs,
    // Retries are another layer's; two layers multiply.
    maxRetries: 0,
    logLevel: 'off',
    defaultHeaders: {
      'User-Agent': `ask-next/${manifest.version}`,
      ...(apiKey === undefined && { Authorization: authorization }),
      ...headers,
    },
    fetch: (input, init) => send(input, withoutSdkHeaders(init)),
    // Followed blindly, a redirect would hand the prompt to another server.
    fetchOptions: { redirect: 'manual' },
  });
}

/** Some gateways refuse what the SDK says of itself, and it says which system this is. */
function withoutSdkHeaders(init: RequestInit | undefined): RequestInit {
  const given = [...new Headers(init?.headers)];
  const headers = given.filter(([name]) => !name.startsWith('x-stainless-'));
  return { ...init, headers };
}
