import { statusOf, type Failure } from '@/lib/errors';

/**
 * A failure on the wire, in a page, or in a browser's storage. One version may not know the kinds and reasons of another,
 * so both are plain strings here, and `error` is the sentence of the server that sent it.
 */
export interface PublicFailure {
  readonly kind: string;
  readonly reason?: string;
  readonly model?: string;
  readonly limit?: number;
  readonly encoding?: string;
  readonly scope?: string;
  readonly window?: string;
  /** What is wrong with the first wrong field. */
  readonly mistake?: string;
  readonly error?: string;
}

/** A failure in the data of a page. `code`: the HTTP status. */
export interface PageFailure extends PublicFailure {
  readonly code: number;
  /** The first field that is wrong. */
  readonly field?: string;
}

/** The public part of a failure, without an upstream's or driver's text. Rows of earlier versions have a `message`. */
export function publicFailure(failure: Failure & { readonly message?: string }): PublicFailure {
  const { kind, message: error } = failure;
  return {
    kind,
    ...('reason' in failure && { reason: failure.reason }),
    ...('model' in failure && { model: failure.model }),
    ...('limit' in failure && { limit: failure.limit }),
    ...('encoding' in failure && { encoding: failure.encoding }),
    ...('scope' in failure && { scope: failure.scope }),
    ...(failure.kind === 'over-budget' &&
      failure.window !== undefined && { window: failure.window }),
    ...(error !== undefined && { error }),
  };
}

export const pageFailure = (failure: Failure): PageFailure => ({
  ...publicFailure(failure),
  code: statusOf(failure),
});
