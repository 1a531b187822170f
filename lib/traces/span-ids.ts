import { createHash, randomBytes } from 'node:crypto';
import type { SpanFacts } from './span-of';

const hex = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
}

/** How many of the last requests and turns keep their span's id for themselves. */
const KEPT = 10_000;

/**
 * Ids from the request id: what is logged by different processes, or after its part was, still meets in one trace. A second
 * request with the same id, such as one that watches a turn, becomes a part of the first.
 */
export function spanIds(): (facts: SpanFacts) => SpanIds {
  const taken = new Set<string>();
  const idOf = (requestId: string, as: string) => hex(`${as} ${requestId}`, 16);
  return ({ requestId, as, within }) => {
    const traceId = hex(requestId, 32);
    const own = as && idOf(requestId, as);
    const parentId = within && idOf(requestId, within);
    if (own === null) return { traceId, spanId: randomBytes(8).toString('hex'), parentId };
    if (taken.has(own)) return { traceId, spanId: randomBytes(8).toString('hex'), parentId: own };
    taken.add(own);
    for (const oldest of taken) {
      if (taken.size <= KEPT) break;
      taken.delete(oldest);
    }
    return { traceId, spanId: own, parentId };
  };
}
