import type { WatchedTurn } from '@/lib/chat/turn/live-turn';

/** Proxies close a connection without a byte for 60 s, so a slow answer is begun before its first word. */
const PATIENCE_MS = 15_000;

/**
 * Resolves when a turn has content or has ended, or after `timeoutMs`: until then its response can still have the
 * status of an error. Unsubscribes and rejects with its reason when `signal` aborts.
 */
export async function waitForContent(
  turn: WatchedTurn,
  signal: AbortSignal,
  timeoutMs = PATIENCE_MS,
): Promise<void> {
  const content = Promise.withResolvers<undefined>();
  const check = () => {
    if (turn.length() > 0 || turn.end()) content.resolve(undefined);
  };
  const giveUp = () => {
    content.reject(signal.reason as Error);
  };
  const timer = setTimeout(content.resolve, timeoutMs, undefined);
  const unsubscribe = turn.watch(check);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  check();
  try {
    await content.promise;
  } finally {
    clearTimeout(timer);
    unsubscribe();
    signal.removeEventListener('abort', giveUp);
  }
}
