import { causesOf, failureOf, statusOf, type Failure } from '@/lib/errors';

/** Log fields for a thrown value. For a 5xx they include the chain of causes, which the response never does. */
export function failureFields(thrown: unknown): FailureFields {
  const failure = failureOf(thrown);
  const fields = { error: failure.kind, reason: reasonOf(failure) };
  if (statusOf(failure) < 500) return fields;
  const stack = failure.kind === 'internal' && thrown instanceof Error ? thrown.stack : undefined;
  return { ...fields, cause: causesOf(thrown), stack };
}

interface FailureFields {
  readonly error: string;
  readonly reason: string;
  readonly [more: string]: unknown;
}

/** With the window that was full, such as `CHAT_RATE_LIMIT 20/minute`. A kind with one cause is its own reason. */
function reasonOf(failure: Failure): string {
  if (!('reason' in failure)) return failure.kind;
  return 'window' in failure ? `${failure.reason} ${failure.window}` : failure.reason;
}
