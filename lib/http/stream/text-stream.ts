import { failureFields } from '@/lib/http/response/failure-fields';

/** One JSON value per line. */
export const LINES_TYPE = 'application/x-ndjson; charset=utf-8';
export const MARKDOWN_TYPE = 'text/markdown; charset=utf-8';

/** Each value on a line of its own. */
export async function* asLines(values: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}

const encoder = new TextEncoder();

/**
 * A response whose text is produced as its reader takes it. Rejects if the first piece throws; if a later one throws,
 * the connection breaks, so that half a file never looks complete, and the log records why.
 */
export async function textStream(
  pieces: AsyncIterable<string>,
  { type, headers, annotate, until }: Options,
): Promise<Response> {
  const iterator = pieces[Symbol.asyncIterator]();
  let first: IteratorResult<string> | null = await iterator.next();
  if (until?.aborted) {
    await iterator.return?.();
    throw until.reason;
  }
  const take = (): Promise<IteratorResult<string>> | IteratorResult<string> => {
    const taken = first ?? iterator.next();
    first = null;
    return taken;
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        until?.addEventListener('abort', () => {
          annotate(failureFields(until.reason));
          controller.error(until.reason);
          // The reader has been told already.
          void iterator.return?.().catch(() => undefined);
        });
      },
      async pull(controller) {
        try {
          const { done, value } = await take();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (thrown) {
          if (until?.aborted) return;
          annotate(failureFields(thrown));
          throw thrown;
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    // Back-pressure: nothing is read ahead of a slow reader.
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'Content-Type': type, ...headers } });
}

interface Options {
  readonly type: string;
  readonly headers?: Record<string, string>;
  /** Adds fields to the request's access log line. */
  readonly annotate: (fields: Record<string, unknown>) => void;
  /** Breaks the connection when it aborts, between two pieces. */
  readonly until: AbortSignal | null;
}
