import { causesOf, failureOf, statusOf } from '@/lib/errors';

/** What the log says of anything thrown. Of a fault of ours it says more than the answer: the whole chain of causes. */
export function failureFields(thrown: unknown): Record<string, unknown> {
  const failure = failureOf(thrown);
  const reason = 'reason' in failure ? failure.reason : undefined;
  const fields = { error: failure.kind, ...(reason !== undefined && { reason }) };
  if (statusOf(failure) < 500) return fields;
  const stack = failure.kind === 'internal' && thrown instanceof Error ? thrown.stack : undefined;
  return { ...fields, cause: causesOf(thrown), stack };
}
