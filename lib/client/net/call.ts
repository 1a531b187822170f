import { readFailure, UNREACHABLE, type Problem } from './problem';
import { readRate, readRetryAt, type Rate } from './rate';
import { silenceWatchdog } from './silence-watchdog';

/** What became of a call. Calls never reject, except with the reason of an aborted signal. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value; readonly rate: Rate | null }
  | { readonly ok: false; readonly problem: Problem; readonly rate: Rate | null };

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of this call alone: whoever lives longer hands in a linked one. */
  readonly signal?: AbortSignal;
  /** How long the server may be silent: before the head of its answer, and before each piece of a body that is read here. */
  readonly deadlineMs?: number;
}

/** A connection that died without a word would else be waited for until TCP gives up, which takes minutes. */
const DEADLINE_MS = 20_000;
/** A body that goes on coming may take this many deadlines, so that a slow phone gets it and no call lasts for ever. */
const DEADLINES = 5;

/** Asks the server for a stream: the deadline is for the head, the caller watches over the body. */
export const request = (path: string, call: Call = {}): Promise<Answer<Response>> =>
  answered(path, call, (response) => Promise.resolve(response));

/** Asks for a value, which is what our own server sends there, as docs/api.md describes it. */
export const ask = <Value>(path: string, call: Call = {}): Promise<Answer<Value>> =>
  answered(path, call, async (response, heard) => (await jsonOf(response, heard)) as Value);

/** A response that is not OK is a problem, read from the unified error body. */
async function answered<Value>(
  path: string,
  call: Call,
  read: (response: Response, heard: () => void) => Promise<Value>,
): Promise<Answer<Value>> {
  const { signal, deadlineMs = DEADLINE_MS } = call;
  const controller = abortedBy(signal);
  const over = () => {
    controller.abort();
  };
  const silence = silenceWatchdog(deadlineMs, over);
  const whole = setTimeout(over, deadlineMs * DEADLINES);
  let rate: Rate | null = null;
  try {
    const response = await send(path, call, controller.signal);
    silence.heard();
    rate = readRate(response.headers, Date.now());
    if (response.ok) return { ok: true, value: await read(response, silence.heard), rate };
    return {
      ok: false,
      problem: problemOf(response, await jsonOf(response, silence.heard)),
      rate,
    };
  } catch {
    signal?.throwIfAborted();
    return { ok: false, problem: UNREACHABLE, rate };
  } finally {
    silence.end();
    clearTimeout(whole);
  }
}

const send = (path: string, { method = 'GET', body, headers }: Call, signal: AbortSignal) =>
  fetch(path, {
    method,
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
    signal,
    cache: 'no-store',
  });

/** As `AbortSignal.any` has it, which Safari lacked before 17.4. */
function abortedBy(signal: AbortSignal | undefined): AbortController {
  const controller = new AbortController();
  const abort = () => {
    controller.abort(signal?.reason);
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return controller;
}

/** Null for an answer without a body. Rejects for one that breaks off or is no JSON. */
async function jsonOf(response: Response, heard: () => void): Promise<unknown> {
  if (!response.body || response.status === 204) return null;
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    heard();
    pieces.push(decoder.decode(value, { stream: true }));
  }
  return JSON.parse(pieces.join('') + decoder.decode());
}

/** What a proxy answered in our place is told from our own errors by its body: it counts as unreachable. */
function problemOf(response: Response, said: unknown): Problem {
  if (typeof said !== 'object' || said === null || !('error' in said)) return UNREACHABLE;
  return {
    ...readFailure({ ...said }, response.status),
    ref: response.headers.get('X-Request-ID'),
    retryAt: readRetryAt(response.headers, Date.now()),
  };
}
