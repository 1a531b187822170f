import { sseParser } from './sse-parser';

/** Values of an answer that arrived together. */
interface Arrived {
  readonly values: readonly unknown[];
  readonly bytes: number;
  /** The answer has ended. */
  readonly done: boolean;
}

/** After this many bytes the rest waits in the socket (back-pressure). */
const AHEAD_MAX = 64 * 1024;

/**
 * Reads and parses an answer. Each call resolves with what arrives until `ready` resolves, and with at least one chunk.
 * It reads on meanwhile because a read yields one chunk as the upstream sent it: one token per frame would delay a fast
 * model. Rejects when the connection breaks or the content cannot be parsed, after what came before that.
 */
export function readAhead(body: ReadableStream<Uint8Array>): (ready: unknown) => Promise<Arrived> {
  const parser = sseParser();
  const reader = body.getReader();
  let reading: Promise<Arrived> | null = null;

  let broken: { readonly cause: unknown } | null = null;

  const readChunk = async (): Promise<Arrived> => {
    if (broken) throw broken.cause;
    try {
      const { done, value } = await reader.read();
      if (done) return { values: parser.end(), bytes: 0, done };
      return { values: parser.push(value), bytes: value.byteLength, done };
    } catch (cause) {
      broken = { cause };
      // The last event may lack only its line end.
      return { values: parser.end(), bytes: 0, done: false };
    }
  };

  return async (ready) => {
    const arrived = { values: [] as unknown[], bytes: 0, done: false };
    let chunks = 0;
    const take = (chunk: Arrived) => {
      reading = null;
      chunks += 1;
      arrived.values.push(...chunk.values);
      arrived.bytes += chunk.bytes;
      arrived.done = chunk.done;
    };
    const frame = Promise.resolve(ready).then(() => null);
    while (!arrived.done && arrived.bytes < AHEAD_MAX) {
      reading ??= readChunk();
      // A failure stays in `reading`, for the call that finds nothing before it.
      const chunk = await Promise.race([reading, frame]).catch(() => null);
      if (!chunk) break;
      take(chunk);
    }
    if (arrived.bytes >= AHEAD_MAX) await frame;
    if (chunks === 0) take(await (reading ??= readChunk()));
    return arrived;
  };
}
