import { failureOf, statusOf } from '@/lib/errors';

/** What the log says of anything thrown. Of a fault of ours it says more than the answer: the whole chain of causes. */
export function failureFields(thrown: unknown): Record<string, unknown> {
  const failure = failureOf(thrown);
  const fields = { error: failure.kind };
  if (statusOf(failure) < 500) return fields;
  const chain = [];
  for (let cause = thrown; cause instanceof Error && chain.length < 5; cause = cause.cause) {
    chain.push(`${cause.name}: ${cause.message}`);
  }
  const stack = failure.kind === 'internal' && thrown instanceof Error ? thrown.stack : undefined;
  return { ...fields, cause: chain.join(' <- '), stack };
}
