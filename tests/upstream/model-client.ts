import { afterAll, beforeAll } from 'vitest';
import { openaiModel } from '@/lib/llm/openai';
import type { Usage } from '@/lib/ports/model';
import type { Source } from '@/lib/reply/source';
import { startUpstream, type Upstream } from './upstream';

export const KEY = 'sk-very-secret-key';
/** Generous timeouts for busy machines. */
const LIMITS = { timeoutMs: 30_000, idleTimeoutMs: 30_000, bytesMax: 2_000_000 };
/** Short timeouts, for upstreams that must time out. */
export const SHORT_TIMEOUTS = { timeoutMs: 300, idleTimeoutMs: 150 };

/** The text of a model, and how the request ended. */
type Sent = Awaited<ReturnType<typeof send>>;

interface ModelClient {
  readonly upstream: Upstream;
  send(within?: Partial<typeof LIMITS>, signal?: AbortSignal): Promise<Sent>;
}

/** An upstream that the tests of a file share, and a client that sends requests as the app does. */
export function modelClient(): ModelClient {
  let upstream: Upstream;
  beforeAll(async () => {
    upstream = await startUpstream();
  });
  afterAll(() => upstream.close());
  return {
    get upstream() {
      return upstream;
    },
    send: (within = {}, signal = new AbortController().signal) =>
      send(upstream.url, { ...LIMITS, ...within }, signal),
  };
}

async function send(baseUrl: string, limits: typeof LIMITS, signal: AbortSignal) {
  const pieces: string[] = [];
  const sources: Source[] = [];
  let text = '';
  let counted: Usage | null = null;
  const response = openaiModel({ apiKey: KEY, baseUrl, ...limits }).stream({
    requestId: 'r',
    model: 'm',
    messages: [{ role: 'user', content: 'hi' }],
    signal,
    onEvent: (event) => {
      if (event.kind === 'text') {
        text += event.text;
        pieces.push(event.text);
      } else if (event.kind === 'usage') counted = event.usage;
      else if (event.kind === 'source') sources.push({ url: event.url, title: event.title });
      else if (event.kind === 'cut') text = text.slice(0, event.length);
    },
  });
  const settled = await response.then(
    (answered) => ({ ...answered, error: null }),
    (error: unknown) => ({ usage: null, finish: null, error }),
  );
  return { ...settled, text, pieces, sources, counted };
}

export const upstreamFailure = (reason: string) => ({ failure: { kind: 'upstream', reason } });
