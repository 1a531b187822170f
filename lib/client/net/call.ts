// Only this file calls `fetch` in the browser.
import { readFailure, UNREACHABLE, type Problem } from './problem';
import { readRate, readRetryAt, type Rate } from './rate';
import { idleWatchdog } from './idle-watchdog';
import { linkedController } from './linked-signal';

/** The result of a call. Calls reject only with the reason of an aborted signal. */
export type CallResult<Value> =
  | { readonly ok: true; readonly value: Value; readonly rate: Rate | null }
  | { readonly ok: false; readonly problem: Problem; readonly rate: Rate | null };

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** JSON in bytes, or what becomes it. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** For this call only. A signal that lives longer needs a linked one. */
  readonly signal?: AbortSignal;
  /** Timeout in milliseconds: for the response headers, and for each chunk of a JSON body. */
  readonly deadlineMs?: number;
}

/** Without a timeout a dead connection would wait for TCP, which takes minutes. */
const DEADLINE_MS = 20_000;
/** A JSON body may take this many timeouts in total: enough for a slow phone, but not endless. */
const DEADLINES = 5;

/** Requests a stream. The timeout covers the headers only; the caller watches the body. */
export const requestStream = (path: string, call: Call = {}): Promise<CallResult<Response>> =>
  answered(path, call, (response) => Promise.resolve(response));

/** Requests JSON. The type is not validated: it is our own API (docs/api.md). */
export const requestJson = <Value>(path: string, call: Call = {}): Promise<CallResult<Value>> =>
  answered(path, call, async (response, received) => (await jsonOf(response, received)) as Value);

/** A response that is not OK is a problem, read from the unified error body. */
async function answered<Value>(
  path: string,
  call: Call,
  read: (response: Response, received: () => void) => Promise<Value>,
): Promise<CallResult<Value>> {
  const { signal, deadlineMs = DEADLINE_MS } = call;
  const { controller } = linkedController(signal);
  const over = () => {
    controller.abort();
  };
  const watchdog = idleWatchdog(deadlineMs, over);
  const whole = setTimeout(over, deadlineMs * DEADLINES);
  let rate: Rate | null = null;
  try {
    const response = await send(path, call, controller.signal);
    watchdog.activity();
    rate = readRate(response.headers, Date.now());
    if (response.ok) return { ok: true, value: await read(response, watchdog.activity), rate };
    return {
      ok: false,
      problem: problemOf(response, await jsonOf(response, watchdog.activity)),
      rate,
    };
  } catch {
    signal?.throwIfAborted();
    return { ok: false, problem: UNREACHABLE, rate };
  } finally {
    watchdog.end();
    clearTimeout(whole);
  }
}

const send = (path: string, { method = 'GET', body, headers }: Call, signal: AbortSignal) =>
  fetch(path, {
    method,
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
    ...(body && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    signal,
    cache: 'no-store',
  });

/** Null for an empty body. Rejects when the connection breaks or the body is not JSON. */
async function jsonOf(response: Response, received: () => void): Promise<unknown> {
  if (!response.body || response.status === 204) return null;
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    received();
    pieces.push(decoder.decode(value, { stream: true }));
  }
  return JSON.parse(pieces.join('') + decoder.decode());
}

/** Our own errors have `error` in their body. Without it a proxy responded, and the server counts as unreachable. */
function problemOf(response: Response, body: unknown): Problem {
  if (typeof body !== 'object' || body === null || !('error' in body)) return UNREACHABLE;
  return {
    ...readFailure({ ...body }, response.status),
    ref: response.headers.get('X-Request-ID'),
    retryAt: readRetryAt(response.headers, Date.now()),
  };
}
