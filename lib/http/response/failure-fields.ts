import { causesOf, failureOf, statusOf, type Failure } from '@/lib/errors';

/** Log fields for a thrown value. For a 5xx they include the chain of causes, which the response never does. */
export function failureFields(thrown: unknown): Record<string, unknown> {
  const failure = failureOf(thrown);
  const reason = reasonOf(failure);
  const fields = { error: failure.kind, ...(reason !== undefined && { reason }) };
  if (statusOf(failure) < 500) return fields;
  const stack = failure.kind === 'internal' && thrown instanceof Error ? thrown.stack : undefined;
  return { ...fields, cause: causesOf(thrown), stack };
}

/** With the window that was full, such as `CHAT_RATE_LIMIT 20/minute`. */
function reasonOf(failure: Failure): string | undefined {
  if (!('reason' in failure)) return undefined;
  return 'window' in failure ? `${failure.reason} ${failure.window}` : failure.reason;
}
