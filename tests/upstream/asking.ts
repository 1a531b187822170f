import { afterAll, beforeAll } from 'vitest';
import { openaiModel } from '@/lib/llm/openai';
import { startUpstream, type Upstream } from './upstream';

export const KEY = 'sk-very-secret-key';
/** Generous timeouts for busy machines. */
const LIMITS = { timeoutMs: 30_000, idleTimeoutMs: 30_000, bytesMax: 2_000_000 };
/** Short timeouts, for upstreams that must time out. */
export const IMPATIENT = { timeoutMs: 300, idleTimeoutMs: 150 };

/** The text of a model, and how the request ended. */
type Asked = Awaited<ReturnType<typeof ask>>;

interface Asking {
  readonly upstream: Upstream;
  ask(within?: Partial<typeof LIMITS>, signal?: AbortSignal): Promise<Asked>;
}

/** An upstream that the tests of a file share, and a way to ask it as the program does. */
export function askingInThisFile(): Asking {
  let upstream: Upstream;
  beforeAll(async () => {
    upstream = await startUpstream();
  });
  afterAll(() => upstream.close());
  return {
    get upstream() {
      return upstream;
    },
    ask: (within = {}, signal = new AbortController().signal) =>
      ask(upstream.url, { ...LIMITS, ...within }, signal),
  };
}

async function ask(baseUrl: string, limits: typeof LIMITS, signal: AbortSignal) {
  const pieces: string[] = [];
  let text = '';
  const asked = openaiModel({ apiKey: KEY, baseUrl, ...limits }).stream({
    requestId: 'r',
    model: 'm',
    messages: [{ role: 'user', content: 'hi' }],
    signal,
    onEvent: (event) => {
      if (event.kind === 'text') {
        text += event.text;
        pieces.push(event.text);
      } else if (event.kind === 'cut') text = text.slice(0, event.length);
    },
  });
  const settled = await asked.then(
    (answered) => ({ ...answered, error: null }),
    (error: unknown) => ({ usage: null, finish: null, error }),
  );
  return { ...settled, text, pieces };
}

export const upstreamFailure = (reason: string) => ({ failure: { kind: 'upstream', reason } });
