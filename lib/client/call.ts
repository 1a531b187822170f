import { friendlySentence, saidIn, UNREACHABLE, type Problem } from './problem';
import { readRate, readRetryAt, type Rate } from './rate';

/** What became of a call. Calls never reject, except with the reason of an aborted signal. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value; readonly rate: Rate | null }
  | { readonly ok: false; readonly problem: Problem; readonly rate: Rate | null };

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How long the headers of the answer may take; its body may take longer. */
  readonly deadlineMs?: number;
}

/** A connection that died without a word would else be waited for until TCP gives up, which takes minutes. */
const DEADLINE_MS = 20_000;

/** Asks the server. A response that is not OK is a problem, worded from the unified error body. */
export async function request(path: string, call: Call = {}): Promise<Answer<Response>> {
  let response: Response;
  try {
    response = await answerInTime(path, call);
  } catch {
    call.signal?.throwIfAborted();
    return { ok: false, problem: UNREACHABLE, rate: null };
  }
  const rate = readRate(response.headers, Date.now());
  if (response.ok) return { ok: true, value: response, rate };
  return { ok: false, problem: await problemOf(path, response), rate };
}

async function answerInTime(path: string, call: Call): Promise<Response> {
  const { method = 'GET', body, headers, signal, deadlineMs = DEADLINE_MS } = call;
  const controller = abortedBy(signal);
  const timer = setTimeout(() => {
    controller.abort();
  }, deadlineMs);
  try {
    return await fetch(path, {
      method,
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: controller.signal,
      cache: 'no-store',
    });
  } finally {
    clearTimeout(timer);
  }
}

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

/** What a proxy answered in our place is told from our own errors by its body: it counts as unreachable. */
async function problemOf(path: string, response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => null);
  if (typeof said !== 'object' || said === null || !('error' in said)) return UNREACHABLE;
  return {
    code: response.status,
    message: friendlySentence(response.status, saidIn(said), path),
    ref: response.headers.get('X-Request-ID'),
    retryAt: readRetryAt(response.headers, Date.now()),
  };
}

/** The value is what our own server sends there, as docs/api.md describes it. */
export async function ask<Value>(path: string, call?: Call): Promise<Answer<Value>> {
  const answer = await request(path, call);
  if (!answer.ok) return answer;
  try {
    const empty = answer.value.status === 204;
    return { ...answer, value: (empty ? null : await answer.value.json()) as Value };
  } catch {
    return { ok: false, problem: UNREACHABLE, rate: answer.rate };
  }
}
